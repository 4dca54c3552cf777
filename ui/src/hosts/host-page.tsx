/** One host. */
import { Anchor, Breadcrumbs, Group, Stack, Text } from "@mantine/core";
import { Link, useParams } from "react-router";
import { useHosts } from "../api/hosts.ts";
import { Loading, LoadingFailed, NotFound, Page } from "../shell/page.tsx";
import { CleanUp } from "./clean-up.tsx";
import { Facts, Section } from "./facts.tsx";
import { addressesOf } from "./host-columns.tsx";
import { ProviderSection, SaptuneSection, SubscriptionsSection, UnitsSection } from "./host-sections.tsx";
import { HealthBadge, Heartbeat, time } from "./status.tsx";
import { Tags } from "./tags.tsx";

export function HostPage() {
  const { id } = useParams();
  const { data: hosts, error } = useHosts();
  if (error !== null) return <LoadingFailed error={error} />;
  if (hosts === undefined) return <Loading />;
  const host = hosts.find((one) => one.id === id);
  if (host === undefined) return <NotFound />;
  return (
    <Stack gap="xs">
      <Breadcrumbs>
        <Anchor component={Link} to="/hosts" size="sm">
          Hosts
        </Anchor>
        <Text size="sm">{host.hostname}</Text>
      </Breadcrumbs>
      <Page
        title={
          <Group gap="sm" component="span">
            {host.hostname}
            <HealthBadge health={host.health} />
          </Group>
        }
        aside={<CleanUp host={host} />}
      >
        <Section title="Summary">
          <Facts
            facts={[
              ["Heartbeat", <Heartbeat key="heartbeat" host={host} />],
              ["Last heartbeat", time(host.last_heartbeat_timestamp)],
              ["Agent version", host.agent_version],
              ["Architecture", host.arch],
              ["Addresses", addressesOf(host).join(", ")],
              ["Last boot", host.last_boot_timestamp === null ? null : time(host.last_boot_timestamp)],
              ["Known since", time(host.inserted_at)],
              ["Last change", time(host.updated_at)],
              ["Tags", <Tags key="tags" host={host} />],
              ["Id", <code key="id">{host.id}</code>],
            ]}
          />
        </Section>
        <ProviderSection host={host} />
        <SaptuneSection host={host} />
        <SubscriptionsSection host={host} />
        <UnitsSection host={host} />
      </Page>
    </Stack>
  );
}
