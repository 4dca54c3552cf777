/** What an execution found, check by check and host by host. */
import { Accordion, Anchor, Divider, Group, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { CheckResult, Result } from "../../../checks/results.ts";
import type { ExecutionDetails } from "../api/executions.ts";
import { InlineCode, Markdown } from "../checks/markdown.tsx";
import { useHostnames } from "../checks/target-of.ts";
import { labPath } from "../links/paths.ts";
import { HealthBadge } from "../status/health.tsx";
import { HostResult } from "./evaluations.tsx";

type Definition = ExecutionDetails["definitions"][number];
type Shown = Result | "all";

const worstFirst: Readonly<Record<Result, number>> = { critical: 0, warning: 1, passing: 2 };

/** The worst first, and of the same kind by id. */
export function sortedResults(results: readonly CheckResult[], shown: Shown): CheckResult[] {
  return results
    .filter(({ result }) => shown === "all" || result === shown)
    .toSorted(
      (one, other) =>
        worstFirst[one.result] - worstFirst[other.result] || one.check_id.localeCompare(other.check_id),
    );
}

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
  return (
    <Accordion.Item value={check_id} data-check={check_id} data-result={result.result}>
      <Accordion.Control>
        <Group gap="sm" wrap="nowrap">
          <HealthBadge health={result.result} />
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
              <Markdown text={definition.description} />
              <Divider label="What to do" labelPosition="left" />
              <Markdown text={definition.remediation} />
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

export function Results({ details }: { readonly details: ExecutionDetails }) {
  const [shown, setShown] = useState<Shown>("all");
  const results = details.check_results ?? [];
  const definitions = new Map(details.definitions.map((one) => [one.id, one]));
  const count = (wanted: Result) => results.filter(({ result }) => result === wanted).length;
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Results that are shown"
        value={shown}
        onChange={(value) => setShown(value as Shown)}
        data={[
          { value: "all", label: `All ${results.length}` },
          { value: "critical", label: `Critical ${count("critical")}` },
          { value: "warning", label: `Warning ${count("warning")}` },
          { value: "passing", label: `Passing ${count("passing")}` },
        ]}
        w="fit-content"
      />
      <Accordion variant="contained" multiple keepMounted={false}>
        {sortedResults(results, shown).map((result) => (
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
