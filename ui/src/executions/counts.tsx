/** What an execution found, in numbers. */
import { Group } from "@mantine/core";
import type { ExecutionSummary } from "../api/executions.ts";
import { HealthBadge } from "../status/health.tsx";

type Counted = Pick<ExecutionSummary, "passing_count" | "warning_count" | "critical_count">;

export function Counts({ passing_count, warning_count, critical_count }: Counted) {
  const counts = [
    ["passing", passing_count],
    ["warning", warning_count],
    ["critical", critical_count],
  ] as const;
  return (
    <Group gap={6} wrap="nowrap">
      {counts.map(([health, count]) => (
        <HealthBadge key={health} health={count === 0 ? "unknown" : health}>
          {count ?? 0} {health}
        </HealthBadge>
      ))}
    </Group>
  );
}
