/** One cluster. */
import { Text } from "@mantine/core";
import type { ClusterView } from "../../../domain/cluster/view.ts";
import { useClusters } from "../api/clusters.ts";
import { useHosts } from "../api/hosts.ts";
import { DetailPage } from "../detail/detail-page.tsx";
import { Section } from "../detail/section.tsx";
import { ChecksSection } from "../executions/checks-section.tsx";
import { HostsSection } from "../hosts/hosts-section.tsx";
import { ClusterBanners } from "../open-discoveries/in-cluster.tsx";
import { AscsErsSystems } from "./ascs-ers-systems.tsx";
import { DevicesSection, ResourcesSections } from "./cluster-sections.tsx";
import { ClusterSummary } from "./cluster-summary.tsx";
import { clusterName } from "./cluster-words.ts";
import { HanaSites } from "./hana-sites.tsx";

function Details({ cluster: { id, details } }: { readonly cluster: ClusterView }) {
  if (details === null) {
    return (
      <Section title="Details">
        <Text size="sm" c="dimmed">
          The nodes and resources of a cluster of this type are not known.
        </Text>
      </Section>
    );
  }
  return (
    <>
      {"sites" in details ? (
        <HanaSites clusterId={id} details={details} />
      ) : (
        <AscsErsSystems clusterId={id} systems={details.sap_systems} />
      )}
      <DevicesSection details={details} />
      <ResourcesSections details={details} />
    </>
  );
}

export function ClusterPage() {
  const { data: hosts } = useHosts();
  return (
    <DetailPage answer={useClusters()} list={{ path: "/clusters", title: "Clusters" }} nameOf={clusterName}>
      {(cluster) => (
        <>
          <ClusterBanners clusterId={cluster.id} />
          <ClusterSummary cluster={cluster} />
          <ChecksSection kind="clusters" id={cluster.id} selected={cluster.selected_checks} />
          <Details cluster={cluster} />
          <HostsSection hosts={hosts?.filter(({ cluster_id }) => cluster_id === cluster.id)} inCluster />
        </>
      )}
    </DetailPage>
  );
}
