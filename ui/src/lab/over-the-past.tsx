/** Runs a check over all that was gathered of a group, and shows when it would have said what. */
import { Anchor, Progress as Bar, Button, Group, List, Stack, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { Link } from "react-router";
import type { CheckDefinition } from "../../../checks/definition.ts";
import type { Evaluator } from "../../../checks/evaluator.ts";
import { Section } from "../detail/section.tsx";
import { executionPath } from "../links/paths.ts";
import { HealthBadge } from "../status/health.tsx";
import { time } from "../status/time.ts";
import { overThePast, type Past, type Progress } from "./past.ts";

const said = ["passing", "warning", "critical", "no facts"] as const;

function Line({ executionId, startedAt, said: word }: Past) {
  return (
    <List.Item>
      <Group gap="xs">
        <Anchor component={Link} to={executionPath(executionId)} size="sm">
          {time(startedAt)}
        </Anchor>
        <HealthBadge health={word === "no facts" ? "unknown" : word}>{word}</HealthBadge>
      </Group>
    </List.Item>
  );
}

interface OverThePastProps {
  readonly groupId: string;
  readonly check: CheckDefinition;
  readonly evaluator: Evaluator;
}

export function OverThePast({ groupId, check, evaluator }: OverThePastProps) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const running = useRef<AbortController | null>(null);

  async function run() {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setIsRunning(true);
    setError(null);
    try {
      for await (const step of overThePast(groupId, check, evaluator, own.signal)) setProgress(step);
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
    }
    setIsRunning(false);
  }

  const past = progress?.past ?? [];
  const changes = past.filter(({ said: word }, index) => past[index + 1]?.said !== word);
  return (
    <Section title="Over all past executions">
      <Group>
        <Button variant="light" onClick={() => void run()} loading={isRunning}>
          Try it on all of them
        </Button>
        {isRunning && (
          <Button variant="subtle" onClick={() => running.current?.abort()}>
            Stop
          </Button>
        )}
        {error !== null && (
          <Text size="sm" role="alert">
            {error}
          </Text>
        )}
      </Group>
      {progress !== null && (
        <Stack gap="xs">
          <Bar
            value={(100 * past.length) / Math.max(progress.total, 1)}
            aria-label="Executions that were tried"
          />
          <Text size="sm" role="status">
            {past.length} of {progress.total}:{" "}
            {said.map((word) => `${past.filter((one) => one.said === word).length} ${word}`).join(", ")}
          </Text>
          {/* Where it changed: what lies between says the same. */}
          <List size="sm" listStyleType="none">
            {changes.slice(0, 50).map((one) => (
              <Line key={one.executionId} {...one} />
            ))}
          </List>
        </Stack>
      )}
    </Section>
  );
}
