/** Where the facts come from that a check is tried on. */
import { Alert, SegmentedControl, Select, Stack, Textarea } from "@mantine/core";
import { useClusters } from "../api/clusters.ts";
import { useHistory } from "../api/executions.ts";
import { useHosts } from "../api/hosts.ts";
import { clusterName } from "../clusters/cluster-words.ts";
import { time } from "../status/time.ts";

export interface Source {
  readonly kind: "pasted" | "execution";
  readonly groupId: string | null;
  readonly executionId: string | null;
  readonly pasted: string;
}

interface FactsSourceProps {
  readonly source: Source;
  readonly onChange: (source: Source) => void;
  readonly problem: string | null;
}

function useGroups() {
  const { data: clusters = [] } = useClusters();
  const { data: hosts = [] } = useHosts();
  return [
    { group: "Clusters", items: clusters.map((one) => ({ value: one.id, label: clusterName(one) })) },
    { group: "Hosts", items: hosts.map(({ id, hostname }) => ({ value: id, label: hostname })) },
  ];
}

function OfExecution({ source, onChange }: Omit<FactsSourceProps, "problem">) {
  const groups = useGroups();
  const { data } = useHistory(source.groupId ?? "00000000-0000-0000-0000-000000000000", 1);
  const executions = (data?.items ?? []).filter(({ status }) => status === "completed");
  return (
    <>
      <Select
        label="Cluster or host"
        searchable
        data={groups}
        value={source.groupId}
        onChange={(groupId) => onChange({ ...source, groupId, executionId: null })}
      />
      <Select
        label="Execution"
        placeholder={
          source.groupId !== null && executions.length === 0 ? "Nothing was run there" : "Choose one"
        }
        data={executions.map(({ execution_id, started_at, result }) => ({
          value: execution_id,
          label: `${time(started_at)}, ${result}`,
        }))}
        value={source.executionId}
        onChange={(executionId) => onChange({ ...source, executionId })}
      />
    </>
  );
}

export function FactsSource({ source, onChange, problem }: FactsSourceProps) {
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="Where the facts come from"
        w="fit-content"
        value={source.kind}
        onChange={(kind) => onChange({ ...source, kind: kind === "pasted" ? "pasted" : "execution" })}
        data={[
          { value: "execution", label: "Facts of an execution" },
          { value: "pasted", label: "Pasted facts" },
        ]}
      />
      {source.kind === "execution" ? (
        <OfExecution source={source} onChange={onChange} />
      ) : (
        <Textarea
          label="Facts by host, and the environment"
          autosize
          minRows={6}
          maxRows={16}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          value={source.pasted}
          onChange={(event) => onChange({ ...source, pasted: event.currentTarget.value })}
        />
      )}
      {problem !== null && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
    </Stack>
  );
}
