/** What an execution found, in numbers. */
import { Group } from "@mantine/core";
import type { ExecutionSummary } from "../api/executions.ts";
import { HealthBadge } from "../status/health.tsx";
import { TimedOutHosts } from "./timed-out.tsx";

type Counted = Pick<ExecutionSummary, "passing_count" | "warning_count" | "critical_count" | "timeout">;

export function Counts({ passing_count, warning_count, critical_count, timeout }: Counted) {
  const counts = [
    ["passing", passing_count],
    ["warning", warning_count],
    ["critical", critical_count],
  ] as const;
  return (
    <Group gap={6} wrap="nowrap">
      {counts.map(([health, count]) => (
        <HealthBadge key={health} health={health} isNone={(count ?? 0) === 0}>
          {count ?? 0} {health}
        </HealthBadge>
      ))}
      <TimedOutHosts ids={timeout} />
    </Group>
  );
}
