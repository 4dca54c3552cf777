/** Which checks are run on a cluster or a host, and with which values. */
import { Alert, Button, Checkbox, Group, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import {
  type SelectableCheck,
  useChecksTarget,
  useSelectableChecks,
  useSelectChecks,
} from "../api/checks.ts";
import { checksPath } from "../links/paths.ts";
import { Hint, Nothing } from "../list/nothing.tsx";
import { NotFound, NotRead, Page } from "../shell/page.tsx";
import { inGroups } from "./catalog-filters.ts";
import { Customize } from "./customize.tsx";
import { InlineCode } from "./markdown.tsx";
import { type Kind, usePageTarget } from "./target-of.ts";
import { Trail } from "./trail.tsx";

interface ChoiceProps {
  readonly groupId: string;
  readonly checks: readonly SelectableCheck[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (ids: readonly string[], isChosen: boolean) => void;
}

function GroupOfChecks({
  groupId,
  checks,
  chosen,
  onChange,
  group,
}: ChoiceProps & { readonly group: string }) {
  const count = checks.filter(({ id }) => chosen.has(id)).length;
  return (
    <Paper withBorder p="md" component="section" aria-label={group}>
      <Stack gap="xs">
        <Checkbox
          label={`${group} (${count} of ${checks.length})`}
          fw={600}
          checked={count === checks.length}
          indeterminate={count > 0 && count < checks.length}
          onChange={(event) =>
            onChange(
              checks.map(({ id }) => id),
              event.currentTarget.checked,
            )
          }
        />
        {checks.map((check) => (
          <Group key={check.id} gap="sm" pl="lg" wrap="nowrap" justify="space-between">
            <Checkbox
              label={
                <>
                  <Text span ff="monospace" size="sm" c="dimmed">
                    {check.id}
                  </Text>{" "}
                  <InlineCode text={check.name} />
                </>
              }
              checked={chosen.has(check.id)}
              onChange={(event) => onChange([check.id], event.currentTarget.checked)}
            />
            {check.customizable && <Customize groupId={groupId} check={check} />}
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}

interface SelectionProps {
  readonly kind: Kind;
  readonly id: string;
  readonly checks: readonly SelectableCheck[];
  readonly selected: readonly string[];
}

function Selection({ kind, id, checks, selected }: SelectionProps) {
  const navigate = useNavigate();
  const save = useSelectChecks({ kind, id });
  // What was selected and concerns the target no more is left as it is.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(selected));
  function change(ids: readonly string[], isChosen: boolean) {
    setChosen((before) => {
      const after = new Set(before);
      for (const one of ids) {
        if (isChosen) after.add(one);
        else after.delete(one);
      }
      return after;
    });
  }
  const all = checks.map((check) => check.id);
  return (
    <>
      <Group>
        <Button
          onClick={() => save.mutate([...chosen], { onSuccess: () => navigate(checksPath(kind, id)) })}
          loading={save.isPending}
        >
          Save the selection
        </Button>
        <Button variant="light" onClick={() => change(all, true)}>
          Select all
        </Button>
        <Button variant="light" onClick={() => change(all, false)}>
          Select none
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {all.filter((one) => chosen.has(one)).length} of {all.length} selected
        </Text>
      </Group>
      {save.error !== null && (
        <Alert color="red" role="alert">
          {save.error.message}
        </Alert>
      )}
      {inGroups(checks).map(({ group, checks: own }) => (
        <GroupOfChecks
          key={group}
          group={group}
          groupId={id}
          checks={own}
          chosen={chosen}
          onChange={change}
        />
      ))}
    </>
  );
}

export function SelectionPage({ kind }: { readonly kind: Kind }) {
  const { id = "" } = useParams();
  const { target: page, ...answer } = usePageTarget(kind, id);
  const target = useChecksTarget({ kind, id });
  const env = target.data?.env ?? null;
  const checks = useSelectableChecks(
    id,
    env === null ? null : { ...env, target_type: kind === "hosts" ? "host" : "cluster" },
  );
  if (page === null) return <NotFound />;
  if (page === undefined || target.data === undefined) {
    const retry = page === undefined ? answer.refetch : target.refetch;
    return <NotRead title="Check selection" error={answer.error ?? target.error} onRetry={retry} />;
  }
  return (
    <Stack gap="xs" key={id}>
      <Trail
        steps={[
          [page.list.path, page.list.title],
          [`/${kind}/${id}`, page.name],
          [checksPath(kind, id), "Checks"],
        ]}
        here="Selection"
      />
      <Page
        title={`Check selection of ${page.name}`}
        heading={
          <>
            Check selection of <bdi>{page.name}</bdi>
          </>
        }
      >
        {env === null ? (
          <Nothing title="No checks are run here">
            <Hint>
              Checks are for clusters that run a HANA database or the central services of an SAP system.
            </Hint>
          </Nothing>
        ) : checks.data === undefined ? (
          <NotRead error={checks.error} onRetry={checks.refetch} />
        ) : (
          <Selection kind={kind} id={id} checks={checks.data} selected={page.selected} />
        )}
      </Page>
    </Stack>
  );
}
