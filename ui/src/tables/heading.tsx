/** The head of a column that may be sorted by. */
import { Table } from "@mantine/core";
import type { Header } from "@tanstack/react-table";

const arrows = { asc: "\u00a0↑", desc: "\u00a0↓" } as const;
const ariaSort = { asc: "ascending", desc: "descending" } as const;

export function Heading<Row>({
  header,
  label,
}: {
  readonly header: Header<Row, unknown>;
  readonly label: string;
}) {
  const sorted = header.column.getIsSorted();
  return (
    <Table.Th aria-sort={sorted === false ? undefined : ariaSort[sorted]}>
      {header.column.getCanSort() ? (
        <button type="button" className="sort" onClick={header.column.getToggleSortingHandler()}>
          {label}
          {sorted === false ? "" : arrows[sorted]}
        </button>
      ) : (
        label
      )}
    </Table.Th>
  );
}
