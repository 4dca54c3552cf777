/** The page of one resource: the way back, its name and health, and all that is known of it. */
import { Anchor, Breadcrumbs, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import type { Health } from "../../../domain/health.ts";
import type { Answer } from "../api/answer.ts";
import { NotFound, NotRead, Page } from "../shell/page.tsx";
import { HealthBadge } from "../status/health.tsx";
import { StaleBanner } from "../status/stale.tsx";

interface Shown {
  readonly id: string;
  readonly health: Health;
  readonly stale_at: string | null;
}

interface DetailPageProps<Resource> {
  readonly answer: Answer<Resource>;
  /** The page of all resources of this type. */
  readonly list: { readonly path: string; readonly title: string };
  readonly nameOf: (resource: Resource) => string;
  /** What can be done, beside the name. */
  readonly asideOf?: (resource: Resource) => ReactNode;
  readonly children: (resource: Resource) => ReactNode;
}

export function DetailPage<Resource extends Shown>(props: DetailPageProps<Resource>) {
  const { answer, list, nameOf, asideOf, children } = props;
  const { id } = useParams();
  if (answer.data === undefined)
    return <NotRead title={list.title} error={answer.error} onRetry={answer.refetch} />;
  const resource = answer.data.find((one) => one.id === id);
  if (resource === undefined) return <NotFound />;
  return (
    // What is opened on one page is not open on the next.
    <Stack gap="xs" key={resource.id}>
      <Breadcrumbs className="trail">
        <Anchor component={Link} to={list.path} size="sm">
          {list.title}
        </Anchor>
        <Text size="sm">{nameOf(resource)}</Text>
      </Breadcrumbs>
      <Page
        title={nameOf(resource)}
        badge={<HealthBadge health={resource.health} />}
        aside={asideOf?.(resource)}
      >
        <StaleBanner since={resource.stale_at} />
        {children(resource)}
      </Page>
    </Stack>
  );
}
