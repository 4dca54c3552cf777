/** A table that is sorted by its columns, in pages. */
import { Table } from "@mantine/core";
import {
  type ColumnDef,
  getCoreRowModel,
  getPaginationRowModel,
  getSortedRowModel,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { useMemo, useState } from "react";
import type { Column } from "./column.ts";
import { Heading } from "./heading.tsx";
import type { Noun } from "./noun.ts";
import { TablePages } from "./table-pages.tsx";
import { type More, TableRow } from "./table-row.tsx";

interface SortedTableProps<Row> {
  readonly label: string;
  readonly noun: Noun;
  readonly rows: Row[];
  readonly columns: readonly Column<Row>[];
  /** The column that the table is sorted by at first. */
  readonly sortedBy: string;
  readonly attributesOf: (row: Row) => Readonly<Record<`data-${string}`, string>>;
  readonly more?: More<Row> | undefined;
}

function definitionOf<Row>({ id, sortBy }: Column<Row>): ColumnDef<Row> {
  return sortBy === undefined
    ? { id, enableSorting: false }
    : { id, accessorFn: sortBy, sortDescFirst: false };
}

export function SortedTable<Row extends { readonly id: string }>(props: SortedTableProps<Row>) {
  const { label, noun, rows, columns, sortedBy, attributesOf, more } = props;
  const [sorting, setSorting] = useState<SortingState>([{ id: sortedBy, desc: false }]);
  const [{ pageIndex, pageSize }, setPagination] = useState({ pageIndex: 0, pageSize: 25 });
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  // A page that is there no more, since fewer rows are left, gives way to the last one.
  const pagination = { pageIndex: Math.min(pageIndex, pages - 1), pageSize };
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const headings = new Map(columns.map(({ id, heading }) => [id, heading]));
  const table = useReactTable({
    data: rows,
    columns: definitions,
    state: { sorting, pagination },
    onSortingChange: setSorting,
    getRowId: ({ id }) => id,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getPaginationRowModel: getPaginationRowModel(),
    // A row that changes must not send the reader back to the first page.
    autoResetPageIndex: false,
  });
  return (
    <>
      <Table.ScrollContainer minWidth={700} type="native">
        <Table highlightOnHover={more === undefined} verticalSpacing="xs" aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              {more !== undefined && <Table.Td />}
              {table.getFlatHeaders().map((header) => (
                <Heading key={header.id} header={header} label={headings.get(header.id) ?? ""} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.getRowModel().rows.map(({ id, original }) => (
              <TableRow
                key={id}
                row={original}
                columns={columns}
                attributes={attributesOf(original)}
                more={more}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <TablePages
        label={label}
        noun={noun}
        rows={rows.length}
        pages={pages}
        pagination={pagination}
        onChange={setPagination}
      />
    </>
  );
}
