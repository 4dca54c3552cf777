/** All that a check says: what it is about, what it asks for, and what it expects. */
import { Code, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Definition } from "../api/checks.ts";
import { CheckText } from "./check-text.tsx";

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={4}>
      <Text size="xs" c="dimmed" fw={600}>
        {title}
      </Text>
      {children}
    </Stack>
  );
}

const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function Values({ values }: Pick<Definition, "values">) {
  return values.map(({ name, default: otherwise, conditions }) => (
    <Text size="sm" key={name}>
      <Code>{name}</Code> is <Code>{shown(otherwise)}</Code>
      {conditions.map(({ value, expression }) => (
        <span key={expression}>
          , <Code>{shown(value)}</Code> when <Code>{expression}</Code>
        </span>
      ))}
    </Text>
  ));
}

export function CheckDetails({ check }: { readonly check: Definition }) {
  const { facts, values, expectations, exclude, when } = check;
  return (
    <Stack gap="md">
      <CheckText check={check} />
      <Part title="Facts">
        {facts.map(({ name, gatherer, argument }) => (
          <Text size="sm" key={name}>
            <Code>{name}</Code> from <Code>{gatherer}</Code>
            {argument !== "" && (
              <>
                {" "}
                of <Code>{argument}</Code>
              </>
            )}
          </Text>
        ))}
      </Part>
      {values.length > 0 && (
        <Part title="Values">
          <Values values={values} />
        </Part>
      )}
      {[when, exclude].some((one) => one !== null) && (
        <Part title="Concerns">
          {when !== null && <Code block>{when}</Code>}
          {exclude !== null && (
            <Group gap={6}>
              <Text size="sm">not where</Text>
              <Code>{exclude}</Code>
            </Group>
          )}
        </Part>
      )}
      <Part title="Expectations">
        {expectations.map(({ name, type, expression, failure_message, warning_message }) => (
          <Stack gap={4} key={name}>
            <Text size="sm">
              <Code>{name}</Code> ({type})
            </Text>
            <Code block>{expression.trimEnd()}</Code>
            {[failure_message, warning_message].map((message) =>
              message === null ? null : (
                <Text size="sm" c="dimmed" key={message}>
                  “{message}”
                </Text>
              ),
            )}
          </Stack>
        ))}
      </Part>
    </Stack>
  );
}
