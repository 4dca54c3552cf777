/** What a check that is being written says: what is wrong with it, and what it makes of the facts. */
import { Code, List, Stack, Text } from "@mantine/core";
import { Section } from "../detail/section.tsx";
import { HostResult } from "../executions/evaluations.tsx";
import { HealthBadge } from "../status/health.tsx";
import type { Trial } from "./trial.ts";

function Findings({ findings }: Pick<Trial, "findings">) {
  if (findings.length === 0) return null;
  return (
    <Section title="What is wrong">
      <List size="sm">
        {findings.map(({ line, column, message, severity }) => (
          <List.Item key={`${line}:${column}:${message}`}>
            <Code>
              {line}:{column}
            </Code>{" "}
            {severity === "warning" && "warning: "}
            {message}
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

export function Outcome({ trial: { findings, check, result } }: { readonly trial: Trial }) {
  return (
    <>
      <Findings findings={findings} />
      {check !== null && (
        <Section title="Result">
          {result === null ? (
            <Text size="sm" c="dimmed">
              There is no host to try it on.
            </Text>
          ) : (
            <Stack gap="md">
              <div>
                <HealthBadge health={result.result} />
              </div>
              {result.expectation_results.map(({ name, result: met, failure_message }) => (
                <Text size="sm" key={name}>
                  <Code>{name}</Code> over all hosts: <Code>{String(met)}</Code> {failure_message}
                </Text>
              ))}
              {result.agents_check_results.map((one) => (
                <HostResult key={one.agent_id} result={one} hostname={one.agent_id} />
              ))}
            </Stack>
          )}
        </Section>
      )}
    </>
  );
}
