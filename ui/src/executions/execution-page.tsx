/** One execution, whenever it was. */
import { Code, Stack, Text } from "@mantine/core";
import { useParams } from "react-router";
import { useExecutionDetails } from "../api/executions.ts";
import { isGone } from "../api/failure.ts";
import { type Kind, usePageTarget } from "../checks/target-of.ts";
import { Trail } from "../checks/trail.tsx";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { checksPath } from "../links/paths.ts";
import { NotFound, NotRead, Page } from "../shell/page.tsx";
import { Results } from "./results.tsx";
import { Running } from "./running.tsx";

export function ExecutionPage() {
  const { id } = useParams();
  const { data: details, error, refetch } = useExecutionDetails(id);
  const kind: Kind = details?.target_type === "host" ? "hosts" : "clusters";
  const { target } = usePageTarget(kind, details?.group_id ?? "");
  if (details === undefined) {
    if (isGone(error)) return <NotFound />;
    return <NotRead title="Execution" error={error} onRetry={refetch} />;
  }
  const name = target?.name ?? details.group_id;
  return (
    <Stack gap="xs" key={id}>
      <Trail
        steps={target ? [[checksPath(kind, details.group_id), `Checks of ${name}`]] : []}
        here="Execution"
      />
      <Page
        title={`Execution on ${name}`}
        heading={
          <>
            Execution on <bdi>{name}</bdi>
          </>
        }
      >
        {details.status === "running" && <Running groupId={details.group_id} />}
        <Section title="What was run">
          <Facts
            facts={[
              ["Catalogues", details.catalogues.map((one) => `${one.name} ${one.version}`).join(", ")],
              ["Checks", details.definitions.length],
              ["Hosts", details.targets.length],
              ["Id", <Code key="id">{details.execution_id}</Code>],
              ...Object.entries(details.env).map(([key, value]) => [key, String(value)] as const),
            ]}
          />
        </Section>
        {details.check_results === null ? (
          <Text size="sm">It runs still.</Text>
        ) : (
          <Section title="Results">
            <Results details={details} />
          </Section>
        )}
      </Page>
    </Stack>
  );
}
