/** Below a table: how many rows there are, and the way to those that are on other pages. */
import { Group, Pagination, Select, Text } from "@mantine/core";
import type { PaginationState } from "@tanstack/react-table";
import type { Noun } from "./noun.ts";
import { counted } from "./noun.ts";

interface TablePagesProps {
  readonly label: string;
  readonly noun: Noun;
  readonly rows: number;
  readonly pages: number;
  readonly pagination: PaginationState;
  readonly onChange: (pagination: PaginationState) => void;
}

export function TablePages({ label, noun, rows, pages, pagination, onChange }: TablePagesProps) {
  const { pageIndex, pageSize } = pagination;
  return (
    <Group justify="space-between" p="sm">
      <Text size="sm" c="dimmed" data-testid="count">
        {counted(rows, noun)}
      </Text>
      <Group>
        <Select
          aria-label={`${label} on a page`}
          data={["10", "25", "50", "100"]}
          value={String(pageSize)}
          onChange={(value) => onChange({ pageIndex: 0, pageSize: Number(value ?? 25) })}
          allowDeselect={false}
          size="xs"
          w={80}
        />
        <Pagination
          total={pages}
          value={pageIndex + 1}
          onChange={(page) => onChange({ pageIndex: page - 1, pageSize })}
          size="sm"
          getControlProps={(control) => ({ "aria-label": `${control} page` })}
        />
      </Group>
    </Group>
  );
}
