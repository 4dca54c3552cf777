/** What one host said, and what was made of it. */
import { Badge, Code, Group, Stack, Text } from "@mantine/core";
import type { CheckResult, FactOrError, ResolvedValue } from "../../../checks/results.ts";
import { HealthBadge } from "../status/health.tsx";
import { TimedOutBadge } from "./timed-out.tsx";

type AgentResult = CheckResult["agents_check_results"][number];
type Evaluation = Extract<
  AgentResult,
  { readonly expectation_evaluations: unknown }
>["expectation_evaluations"][number];

/** Characters that are shown at once. */
const SHORT = 400;

function Json({ value }: { readonly value: unknown }) {
  const text =
    typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value, null, 2) ?? "nothing");
  if (text.length <= 80 && !text.includes("\n")) return <Code>{text}</Code>;
  if (text.length <= SHORT) return <Code block>{text}</Code>;
  return (
    <details>
      <summary>
        <Text span size="sm">
          {text.length} characters
        </Text>
      </summary>
      <Code block>{text}</Code>
    </details>
  );
}

function FactLine({ fact }: { readonly fact: FactOrError }) {
  return (
    <Group gap={6} align="flex-start">
      <Code>{fact.name}</Code>
      {"value" in fact ? (
        <Json value={fact.value} />
      ) : (
        <Text size="sm" className="long">
          {fact.type}: {fact.message}
        </Text>
      )}
    </Group>
  );
}

function ValueLine({ value: { name, value, customized } }: { readonly value: ResolvedValue }) {
  return (
    <Group gap={6}>
      <Code>{name}</Code>
      <Json value={value} />
      {customized && (
        <Badge size="sm" variant="light" color="grape" className="legible">
          customised
        </Badge>
      )}
    </Group>
  );
}

function EvaluationLine({ evaluation }: { readonly evaluation: Evaluation }) {
  if ("message" in evaluation)
    return (
      <Text size="sm" className="long">
        <Code>{evaluation.name}</Code> could not be evaluated: {evaluation.message} ({evaluation.type})
      </Text>
    );
  const { name, return_value, failure_message } = evaluation;
  return (
    <Group gap={6} align="flex-start">
      <Code>{name}</Code>
      <Json value={return_value} />
      {failure_message !== null && (
        <Text size="sm" className="long">
          {failure_message}
        </Text>
      )}
    </Group>
  );
}

function Lines({
  title,
  children,
}: {
  readonly title: string;
  readonly children: readonly React.ReactNode[];
}) {
  if (children.length === 0) return null;
  return (
    <Stack gap={2}>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      {children}
    </Stack>
  );
}

export function HostResult({
  result,
  hostname,
}: {
  readonly result: AgentResult;
  readonly hostname: string;
}) {
  const facts = (result.facts ?? []).map((fact) => <FactLine key={fact.name} fact={fact} />);
  return (
    <Stack gap="xs" component="section" aria-label={hostname}>
      <Group gap="xs">
        <Text fw={600} size="sm">
          {hostname}
        </Text>
        {!("status" in result) && result.type === "timeout" && <TimedOutBadge />}
        {!("status" in result) && result.type !== "timeout" && (
          <HealthBadge health="critical">{result.message}</HealthBadge>
        )}
        {"status" in result && result.status === "excluded" && (
          <Badge variant="outline" color="gray" className="legible">
            excluded
          </Badge>
        )}
      </Group>
      {"status" in result && result.exclude_expression !== null && (
        <Text size="sm">
          Left out here, since <Code>{result.exclude_expression}</Code>
        </Text>
      )}
      {"expectation_evaluations" in result && (
        <Lines title="Expectations">
          {result.expectation_evaluations.map((evaluation) => (
            <EvaluationLine key={evaluation.name} evaluation={evaluation} />
          ))}
        </Lines>
      )}
      <Lines title="Facts">{facts}</Lines>
      {"values" in result && (
        <Lines title="Values">
          {result.values.map((value) => (
            <ValueLine key={value.name} value={value} />
          ))}
        </Lines>
      )}
    </Stack>
  );
}
