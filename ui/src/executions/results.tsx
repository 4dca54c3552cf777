/** What an execution found, check by check and host by host. */
import { Accordion, Anchor, Divider, Group, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { CheckResult } from "../../../checks/results.ts";
import type { ExecutionDetails } from "../api/executions.ts";
import { CheckText } from "../checks/check-text.tsx";
import { InlineCode } from "../checks/markdown.tsx";
import { useHostnames } from "../checks/target-of.ts";
import { labPath } from "../links/paths.ts";
import { HealthBadge } from "../status/health.tsx";
import { HostResult } from "./evaluations.tsx";
import { type Judged, judgedOf, sortedResults, timedOutHosts } from "./judged.ts";
import { TimedOutBadge, TimedOutBanner } from "./timed-out.tsx";

type Definition = ExecutionDetails["definitions"][number];

/** What is said at a glance: the first message of all hosts. */
function messageOf({ expectation_results, agents_check_results }: CheckResult): string | null {
  const shared = expectation_results.flatMap(({ failure_message }) => failure_message ?? []);
  const own = agents_check_results.flatMap((one) => {
    if (!("expectation_evaluations" in one)) return [one.message];
    return one.expectation_evaluations.flatMap((evaluation) =>
      "message" in evaluation ? [evaluation.message] : (evaluation.failure_message ?? []),
    );
  });
  return shared[0] ?? own[0] ?? null;
}

interface ItemProps {
  readonly result: CheckResult;
  readonly definition: Definition | undefined;
  readonly executionId: string;
}

function ResultItem({ result, definition, executionId }: ItemProps) {
  const nameOf = useHostnames();
  const { check_id, agents_check_results } = result;
  const message = messageOf(result);
  const judged = judgedOf(result);
  return (
    <Accordion.Item value={check_id} data-check={check_id} data-result={judged}>
      <Accordion.Control>
        <Group gap="sm" wrap="nowrap">
          {judged === "timed out" ? <TimedOutBadge /> : <HealthBadge health={judged} />}
          <Stack gap={0} flex={1}>
            <Text size="sm" className="long">
              <InlineCode text={definition?.name ?? check_id} />
            </Text>
            {message !== null && (
              <Text size="xs" c="dimmed" className="long">
                {message}
              </Text>
            )}
          </Stack>
          <Text size="sm" ff="monospace" c="dimmed">
            {check_id}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            {agents_check_results.map((one) => (
              <HostResult key={one.agent_id} result={one} hostname={nameOf(one.agent_id)} />
            ))}
          </SimpleGrid>
          {definition !== undefined && (
            <>
              <Divider label="What this check is about" labelPosition="left" />
              <CheckText check={definition} />
            </>
          )}
          <Anchor component={Link} to={labPath(check_id, executionId)} size="sm">
            Open in the check lab with these facts
          </Anchor>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

const kinds: readonly Judged[] = ["critical", "timed out", "warning", "passing"];
const labels: Readonly<Record<Judged, string>> = {
  critical: "Critical",
  "timed out": "Timed out",
  warning: "Warning",
  passing: "Passing",
};

export function Results({ details }: { readonly details: ExecutionDetails }) {
  const [chosen, setChosen] = useState<Judged | null>(null);
  const results = details.check_results ?? [];
  const definitions = new Map(details.definitions.map((one) => [one.id, one]));
  const counts = new Map(kinds.map((kind) => [kind, results.filter((one) => judgedOf(one) === kind).length]));
  const isOffered = (kind: Judged) => kind !== "timed out" || counts.get(kind) !== 0 || chosen === kind;
  return (
    <Stack gap="sm">
      <TimedOutBanner ids={timedOutHosts(results)} />
      <SegmentedControl
        aria-label="Results that are shown"
        value={chosen ?? "all"}
        onChange={(value) => setChosen(kinds.find((kind) => kind === value) ?? null)}
        data={[
          { value: "all", label: `All ${results.length}` },
          ...kinds
            .filter(isOffered)
            .map((kind) => ({ value: kind, label: `${labels[kind]} ${counts.get(kind)}` })),
        ]}
        w="fit-content"
        maw="100%"
        className="narrowed"
      />
      <Accordion variant="contained" multiple keepMounted={false}>
        {sortedResults(results, chosen).map((result) => (
          <ResultItem
            key={result.check_id}
            result={result}
            definition={definitions.get(result.check_id)}
            executionId={details.execution_id}
          />
        ))}
      </Accordion>
    </Stack>
  );
}
