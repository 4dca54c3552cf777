/** What the checks of a cluster or a host found last, and before. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { Link, useParams } from "react-router";
import { useChecksTarget } from "../api/checks.ts";
import { useLatestResults, useProgress } from "../api/executions.ts";
import { type Kind, usePageTarget } from "../checks/target-of.ts";
import { Trail } from "../checks/trail.tsx";
import { Section } from "../detail/section.tsx";
import { selectionPath } from "../links/paths.ts";
import { Hint, Nothing } from "../list/nothing.tsx";
import { NotFound, NotRead, Page } from "../shell/page.tsx";
import { HealthBadge } from "../status/health.tsx";
import { time } from "../status/time.ts";
import { History } from "./history.tsx";
import { Results } from "./results.tsx";
import { Running } from "./running.tsx";
import { Start } from "./start.tsx";
import { TimedOutHosts } from "./timed-out.tsx";

/** The last one that has ended: while another runs, what is known stays as it is. */
function Latest({ groupId }: { readonly groupId: string }) {
  const { data: latest, error, refetch } = useLatestResults(groupId);
  const isRunning = useProgress(groupId)?.status === "running";
  if (latest === undefined) return <NotRead error={error} onRetry={refetch} />;
  if (latest === null)
    return (
      <Nothing title={isRunning ? "The first results are on their way" : "Nothing was run yet"}>
        <Hint>Select checks, and they are run now and from then on.</Hint>
      </Nothing>
    );
  const { summary, details } = latest;
  return (
    <Section title="Latest execution">
      <Group gap="sm">
        {summary.result !== null && <HealthBadge health={summary.result} />}
        <TimedOutHosts ids={summary.timeout} />
        <Text size="sm" c="dimmed">
          started {time(summary.started_at)}
        </Text>
      </Group>
      <Results details={details} />
    </Section>
  );
}

export function TargetPage({ kind }: { readonly kind: Kind }) {
  const { id = "" } = useParams();
  const { target: page, error, refetch } = usePageTarget(kind, id);
  const { data: target } = useChecksTarget({ kind, id });
  if (page === null) return <NotFound />;
  if (page === undefined) return <NotRead title="Checks" error={error} onRetry={refetch} />;
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
        heading={
          <>
            Checks of <bdi>{page.name}</bdi>
          </>
        }
        aside={
          <Group>
            <Button component={Link} to={selectionPath(kind, id)} variant="light">
              Select checks
            </Button>
            <Start target={{ kind, id }} disabled={page.selected.length === 0} />
          </Group>
        }
      >
        <Group gap="md" mih={40} justify="space-between">
          <Text size="sm" c="dimmed">
            {page.selected.length} checks are selected
            {interval !== null && page.selected.length > 0 && `, and run every ${interval} s`}.
          </Text>
          <Running groupId={id} />
        </Group>
        {page.selected.length > 0 && target?.not_run_because && (
          <Text size="sm">{target.not_run_because}</Text>
        )}
        <Latest groupId={id} />
        <History groupId={id} />
      </Page>
    </Stack>
  );
}
