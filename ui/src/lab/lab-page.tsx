/** The check lab: a check is written, tried on real facts as one types, and taken home. */
import { Alert, Button, SimpleGrid, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import { readContent } from "../../../checks/catalogue/read-check.ts";
import { writeCheck } from "../../../checks/catalogue/write-check.ts";
import type { Evaluator } from "../../../checks/evaluator.ts";
import { useDefinitions } from "../api/checks.ts";
import { type ExecutionDetails, useExecutionDetails } from "../api/executions.ts";
import { isGone } from "../api/failure.ts";
import { useHostnames } from "../checks/target-of.ts";
import { Section } from "../detail/section.tsx";
import { Loading, NotRead, Page } from "../shell/page.tsx";
import { Editor } from "./editor.tsx";
import { useEvaluator } from "./engine.ts";
import { FactsSource, type Source } from "./facts-source.tsx";
import { materialOf, readPasted, samplePaste } from "./material.ts";
import { Outcome } from "./outcome.tsx";
import { OverThePast } from "./over-the-past.tsx";
import { sampleCheck } from "./sample.ts";
import { type Material, tryOut } from "./trial.ts";

/** Milliseconds without a key until it is tried. */
const PAUSE = 250;
const nothing: Material = { env: {}, hosts: [] };

function download(name: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function useMaterial(text: string, source: Source, details: ExecutionDetails | undefined) {
  const nameOf = useHostnames();
  if (source.kind === "pasted") {
    const read = readPasted(source.pasted);
    return "problem" in read ? { material: nothing, problem: read.problem } : { ...read, problem: null };
  }
  const { check } = readContent("check.yaml", text);
  const material = check === null || details === undefined ? nothing : materialOf(check, details, nameOf);
  return { material, problem: null };
}

interface BenchProps {
  readonly initial: string;
  readonly evaluator: Evaluator;
  readonly executionId: string | null;
}

function Bench({ initial, evaluator, executionId }: BenchProps) {
  const [text, setText] = useState(initial);
  const [settled] = useDebouncedValue(text, PAUSE);
  const [source, setSource] = useState<Source>({
    kind: executionId === null ? "pasted" : "execution",
    groupId: null,
    executionId,
    pasted: samplePaste,
  });
  const { data: details } = useExecutionDetails(source.executionId ?? undefined);
  const groupId = source.groupId ?? details?.group_id ?? null;
  const { material, problem } = useMaterial(settled, source, details);
  const asText = JSON.stringify(material);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same facts are another object at each drawing
  const trial = useMemo(() => tryOut(settled, material, evaluator), [settled, asText, evaluator]);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Stack gap="md">
        <Editor label="The check" initial={initial} findings={trial.findings} onChange={setText} />
        <div>
          <Button
            variant="light"
            disabled={trial.check === null}
            onClick={() => download(`${trial.check?.id ?? "check"}.yaml`, text)}
          >
            Download {trial.check === null ? "the check" : `${trial.check.id}.yaml`}
          </Button>
        </div>
      </Stack>
      <Stack gap="md">
        <Section title="Facts">
          <FactsSource source={{ ...source, groupId }} onChange={setSource} problem={problem} />
        </Section>
        <Outcome trial={trial} />
        {source.kind === "execution" && groupId !== null && trial.check !== null && (
          <OverThePast groupId={groupId} check={trial.check} evaluator={evaluator} />
        )}
      </Stack>
    </SimpleGrid>
  );
}

export function LabPage() {
  const [query] = useSearchParams();
  const evaluator = useEvaluator();
  const definitions = useDefinitions();
  const executionId = query.get("execution");
  const execution = useExecutionDetails(executionId ?? undefined);
  const details = execution.data;
  const asked = query.get("check");
  const isMissing = executionId !== null && isGone(execution.error);
  if (executionId !== null && details === undefined && !isMissing)
    return <NotRead title="Check lab" error={execution.error} onRetry={execution.refetch} />;
  if (asked !== null && definitions.data === undefined)
    return <NotRead title="Check lab" error={definitions.error} onRetry={definitions.refetch} />;
  if (evaluator === undefined) return <Loading />;
  // As it was when it ran, where it is looked at from an execution.
  const from = [...(details?.definitions ?? []), ...(definitions.data ?? [])].find(({ id }) => id === asked);
  const initial = from === undefined ? sampleCheck : writeCheck(from);
  return (
    <Page title="Check lab">
      <Text size="sm" c="dimmed">
        Write a check, and see at once what it says of real facts. It is evaluated here, in the browser, by
        the engine that runs on the server.
      </Text>
      {isMissing && (
        <Alert color="yellow" title="The execution is not there" role="status">
          Executions are kept for some days. Choose another one, or paste facts.
        </Alert>
      )}
      {asked !== null && from === undefined && (
        <Alert color="yellow" title={`No check is called ${asked}`} role="status">
          What stands below is an example.
        </Alert>
      )}
      <Bench
        key={`${asked} ${executionId}`}
        initial={initial}
        evaluator={evaluator}
        executionId={isMissing ? null : executionId}
      />
    </Page>
  );
}
