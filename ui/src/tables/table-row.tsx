/** A row of a sorted table, which may open to show more. */
import { ActionIcon, Box, Table } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useId } from "react";
import { ChevronIcon } from "../shell/icons.tsx";
import type { Column } from "./column.ts";

/** What a row shows when it is opened. */
export interface More<Row> {
  /** What the button is called that opens it. */
  labelOf(row: Row): string;
  show(row: Row): ReactNode;
}

interface TableRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  /** `data-` attributes, by which the row can be found. */
  readonly attributes?: Readonly<Record<`data-${string}`, string>>;
  readonly more: More<Row> | undefined;
}

export function TableRow<Row>({ row, columns, attributes, more }: TableRowProps<Row>) {
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  return (
    <>
      <Table.Tr {...attributes}>
        {more !== undefined && (
          <Table.Td w={40} pr={0}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              onClick={toggle}
              aria-expanded={opened}
              aria-controls={opened ? id : undefined}
              aria-label={more.labelOf(row)}
              className="opener"
            >
              <ChevronIcon />
            </ActionIcon>
          </Table.Td>
        )}
        {columns.map((column) => (
          <Table.Td key={column.id}>{column.cell(row)}</Table.Td>
        ))}
      </Table.Tr>
      {more !== undefined && opened && (
        <Table.Tr id={id} className="more">
          <Table.Td colSpan={columns.length + 1}>
            <Box py="xs" pl={32}>
              {more.show(row)}
            </Box>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
