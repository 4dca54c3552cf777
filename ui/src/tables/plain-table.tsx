/** A table of a few rows, in the order in which they come. */
import { Table, Text } from "@mantine/core";
import type { Column } from "./column.ts";
import { type More, TableRow } from "./table-row.tsx";

interface PlainTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The place among the rows tells those apart that are the same. */
  readonly keyOf: (row: Row, index: number) => string;
  /** What is said when there is no row. */
  readonly empty: string;
  readonly more?: More<Row>;
  /** Columns of the same width each, so that those of several tables are in line. */
  readonly inLine?: boolean;
}

export function PlainTable<Row>(props: PlainTableProps<Row>) {
  const { label, columns, rows, keyOf, empty, more, inLine = false } = props;
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={700} type="native">
      <Table aria-label={label} layout={inLine ? "fixed" : "auto"}>
        <Table.Thead>
          <Table.Tr>
            {more !== undefined && <Table.Td w={40} />}
            {columns.map(({ id, heading }) => (
              <Table.Th key={id}>{heading}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <TableRow key={keyOf(row, index)} row={row} columns={columns} more={more} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
