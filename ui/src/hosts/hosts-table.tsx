/** The list of hosts: sorted and in pages. */
import { Group, Pagination, Select, Table, Text } from "@mantine/core";
import {
  flexRender,
  getCoreRowModel,
  getPaginationRowModel,
  getSortedRowModel,
  type Header,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { useState } from "react";
import type { HostView } from "../../../domain/host/view.ts";
import { hostColumns } from "./host-columns.tsx";

const arrows = { asc: " ↑", desc: " ↓" } as const;
const ariaSort = { asc: "ascending", desc: "descending" } as const;

function Heading({ header }: { readonly header: Header<HostView, unknown> }) {
  const sorted = header.column.getIsSorted();
  const label = flexRender(header.column.columnDef.header, header.getContext());
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

export function HostsTable({ hosts }: { readonly hosts: HostView[] }) {
  const [sorting, setSorting] = useState<SortingState>([{ id: "hostname", desc: false }]);
  const table = useReactTable({
    data: hosts,
    columns: hostColumns,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: ({ id }) => id,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getPaginationRowModel: getPaginationRowModel(),
    // A host that changes must not send the reader back to the first page.
    autoResetPageIndex: false,
    initialState: { pagination: { pageSize: 25 } },
  });
  const { pageIndex, pageSize } = table.getState().pagination;
  const pages = Math.max(1, table.getPageCount());
  return (
    <>
      <Table.ScrollContainer minWidth={900}>
        <Table highlightOnHover verticalSpacing="xs" className="hosts-table" aria-label="Hosts">
          <Table.Thead>
            {table.getHeaderGroups().map((group) => (
              <Table.Tr key={group.id}>
                {group.headers.map((header) => (
                  <Heading key={header.id} header={header} />
                ))}
              </Table.Tr>
            ))}
          </Table.Thead>
          <Table.Tbody>
            {table.getRowModel().rows.map((row) => (
              <Table.Tr key={row.id} data-host={row.original.hostname}>
                {row.getVisibleCells().map((cell) => (
                  <Table.Td key={cell.id}>
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between" p="sm">
        <Text size="sm" c="dimmed" data-testid="count">
          {hosts.length} {hosts.length === 1 ? "host" : "hosts"}
        </Text>
        <Group>
          <Select
            aria-label="Hosts on a page"
            data={["10", "25", "50", "100"]}
            value={String(pageSize)}
            onChange={(value) => table.setPageSize(Number(value ?? 25))}
            allowDeselect={false}
            size="xs"
            w={80}
          />
          <Pagination
            total={pages}
            value={Math.min(pageIndex + 1, pages)}
            onChange={(page) => table.setPageIndex(page - 1)}
            size="sm"
            getControlProps={(control) => ({ "aria-label": `${control} page` })}
          />
        </Group>
      </Group>
    </>
  );
}
