/** The checks of a cluster or a host, in short: what they found last, and the way to them. */
import { Anchor, Button, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import { useLastEnded, useProgress } from "../api/executions.ts";
import type { Kind } from "../checks/target-of.ts";
import { Section } from "../detail/section.tsx";
import { checksPath, selectionPath } from "../links/paths.ts";
import { time } from "../status/time.ts";
import { Counts } from "./counts.tsx";

interface ChecksSectionProps {
  readonly kind: Kind;
  readonly id: string;
  readonly selected: readonly string[];
}

export function ChecksSection({ kind, id, selected }: ChecksSectionProps) {
  const { data: last } = useLastEnded(id);
  const isRunning = useProgress(id)?.status === "running";
  return (
    <Section title="Checks">
      <Group gap="md">
        {last !== undefined && last !== null && (
          <>
            <Counts {...last} />
            <Text size="sm" c="dimmed">
              {time(last.completed_at)}
            </Text>
          </>
        )}
        {isRunning && <Text size="sm">running now</Text>}
        {last === null && !isRunning && (
          <Text size="sm" c="dimmed">
            {selected.length === 0 ? "No checks are selected." : "Nothing was run yet."}
          </Text>
        )}
        <Anchor component={Link} to={checksPath(kind, id)} size="sm">
          Results and history
        </Anchor>
        <Button component={Link} to={selectionPath(kind, id)} variant="light" size="compact-sm">
          Select checks
        </Button>
      </Group>
    </Section>
  );
}
