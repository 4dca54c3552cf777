/** The executions of a group, the last first. */
import { Anchor, Group, Pagination } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { type ExecutionSummary, PER_PAGE, useHistory } from "../api/executions.ts";
import { Section } from "../detail/section.tsx";
import { executionPath } from "../links/paths.ts";
import { NotRead } from "../shell/page.tsx";
import { HealthBadge } from "../status/health.tsx";
import { time } from "../status/time.ts";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { Counts } from "./counts.tsx";
import { durationOf } from "./duration.ts";

const columns: Column<ExecutionSummary>[] = [
  {
    id: "started",
    heading: "Started",
    cell: ({ execution_id, started_at }) => (
      <Anchor component={Link} to={executionPath(execution_id)} size="sm">
        {time(started_at)}
      </Anchor>
    ),
  },
  {
    id: "result",
    heading: "Result",
    cell: ({ result }) => (result === null ? "running" : <HealthBadge health={result} />),
  },
  {
    id: "counts",
    heading: "Checks",
    cell: (execution) => (execution.status === "running" ? "–" : <Counts {...execution} />),
  },
  { id: "duration", heading: "Took", cell: durationOf },
];

export function History({ groupId }: { readonly groupId: string }) {
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useHistory(groupId, page);
  if (data === undefined) return <NotRead error={error} onRetry={refetch} />;
  const pages = Math.ceil(data.total_count / PER_PAGE);
  return (
    <Section title="History">
      <PlainTable
        label="Executions"
        columns={columns}
        rows={data.items}
        keyOf={({ execution_id }) => execution_id}
        empty="Nothing was run yet."
      />
      {pages > 1 && (
        <Group>
          <Pagination
            total={pages}
            value={page}
            onChange={setPage}
            size="sm"
            getControlProps={(control) => ({ "aria-label": `${control} page` })}
          />
        </Group>
      )}
    </Section>
  );
}
