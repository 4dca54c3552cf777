/** What the checks of a cluster or a host found last, and before. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { Link, useParams } from "react-router";
import { useChecksTarget } from "../api/checks.ts";
import { useExecutionDetails, useLastExecution } from "../api/executions.ts";
import { type Kind, usePageTarget } from "../checks/target-of.ts";
import { Trail } from "../checks/trail.tsx";
import { Section } from "../detail/section.tsx";
import { selectionPath } from "../links/paths.ts";
import { Hint, Nothing } from "../list/nothing.tsx";
import { Loading, LoadingFailed, NotFound, Page } from "../shell/page.tsx";
import { HealthBadge } from "../status/health.tsx";
import { time } from "../status/time.ts";
import { History } from "./history.tsx";
import { Results } from "./results.tsx";
import { Running } from "./running.tsx";
import { Start } from "./start.tsx";

/** The last one that has ended: while another runs, what is known stays. */
function Latest({ groupId }: { readonly groupId: string }) {
  const last = useLastExecution(groupId);
  const { data: details } = useExecutionDetails(last.data?.execution_id, "the last");
  if (last.error !== null) return <LoadingFailed error={last.error} onRetry={last.refetch} />;
  if (last.data === undefined) return <Loading />;
  if (last.data === null)
    return (
      <Nothing title="Nothing was run yet">
        <Hint>Select checks, and they are run now and from then on.</Hint>
      </Nothing>
    );
  const { result, started_at } = last.data;
  return (
    <Section title="Latest execution">
      <Group gap="sm">
        {result !== null && <HealthBadge health={result} />}
        <Text size="sm" c="dimmed">
          started {time(started_at)}
        </Text>
      </Group>
      {details !== undefined && details.check_results !== null && <Results details={details} />}
    </Section>
  );
}

export function TargetPage({ kind }: { readonly kind: Kind }) {
  const { id = "" } = useParams();
  const page = usePageTarget(kind, id);
  const { data: target } = useChecksTarget({ kind, id });
  if (page === null) return <NotFound />;
  if (page === undefined) return <Loading />;
  const interval = target?.interval ?? null;
  return (
    <Stack gap="xs" key={id}>
      <Trail
        steps={[
          [page.list.path, page.list.title],
          [`/${kind}/${id}`, page.name],
        ]}
        here="Checks"
      />
      <Page
        title={`Checks of ${page.name}`}
        aside={
          <Group>
            <Button component={Link} to={selectionPath(kind, id)} variant="light">
              Select checks
            </Button>
            <Start target={{ kind, id }} disabled={page.selected.length === 0} />
          </Group>
        }
      >
        <Text size="sm" c="dimmed">
          {page.selected.length} checks are selected
          {interval !== null && page.selected.length > 0 && `, and run every ${interval} s`}.
        </Text>
        <Running groupId={id} />
        <Latest groupId={id} />
        <History groupId={id} />
      </Page>
    </Stack>
  );
}
