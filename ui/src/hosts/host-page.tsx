/** One host. */
import type { HostView } from "../../../domain/host/view.ts";
import { useHosts } from "../api/hosts.ts";
import { DetailPage } from "../detail/detail-page.tsx";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { ChecksSection } from "../executions/checks-section.tsx";
import { ClusterLink } from "../links/cluster-link.tsx";
import { OpenBanners } from "../open-discoveries/open-discoveries.tsx";
import { time } from "../status/time.ts";
import { Tags } from "../tags/tags.tsx";
import { addressesOf } from "./addresses-of.ts";
import { CleanUp } from "./clean-up.tsx";
import { Heartbeat } from "./heartbeat.tsx";
import { InstancesSection } from "./host-instances.tsx";
import { ProviderSection, SubscriptionsSection, UnitsSection } from "./host-sections.tsx";
import { SaptuneSection } from "./saptune-section.tsx";

function Summary({ host }: { readonly host: HostView }) {
  return (
    <Section title="Summary">
      <Facts
        facts={[
          ["Heartbeat", <Heartbeat key="heartbeat" host={host} />],
          ["Last heartbeat", time(host.last_heartbeat_timestamp)],
          ["Cluster", <ClusterLink key="cluster" id={host.cluster_id} />],
          ["Cluster node", host.cluster_host_status],
          ["Agent version", host.agent_version],
          ["Architecture", host.arch],
          ["Addresses", addressesOf(host).join(", ")],
          ["Last boot", host.last_boot_timestamp === null ? null : time(host.last_boot_timestamp)],
          ["Known since", time(host.inserted_at)],
          ["Last change", time(host.updated_at)],
          ["Tags", <Tags key="tags" resources="hosts" id={host.id} name={host.hostname} tags={host.tags} />],
          ["Id", <code key="id">{host.id}</code>],
        ]}
      />
    </Section>
  );
}

export function HostPage() {
  return (
    <DetailPage
      answer={useHosts()}
      list={{ path: "/hosts", title: "Hosts" }}
      nameOf={({ hostname }) => hostname}
      asideOf={(host) => <CleanUp host={host} />}
    >
      {(host) => (
        <>
          <OpenBanners hostIds={[host.id]} of="host" />
          <Summary host={host} />
          <ChecksSection kind="hosts" id={host.id} selected={host.selected_checks} />
          <InstancesSection host={host} />
          <ProviderSection host={host} />
          <SaptuneSection host={host} />
          <SubscriptionsSection host={host} />
          <UnitsSection host={host} />
        </>
      )}
    </DetailPage>
  );
}
