/** What a cluster is, and how it is run. */
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import type { ClusterView, HanaDetailsView } from "../../../domain/cluster/view.ts";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { providerInWords } from "../hosts/provider-words.ts";
import { SidLinks } from "../links/sid-links.tsx";
import { HealthBadge } from "../status/health.tsx";
import { Tags } from "../tags/tags.tsx";
import { healthOfReplication, healthOfSync } from "./cluster-health.ts";
import {
  architectureInWords,
  clusterName,
  replicationHealthInWords,
  scenarioInWords,
  stateInWords,
  typeInWords,
} from "./cluster-words.ts";
import { sidsInCluster } from "./sids-in-cluster.ts";
import { useLandscape } from "./use-landscape.ts";

type Fact = readonly [string, ReactNode];

function hanaFacts(details: HanaDetailsView): Fact[] {
  const { secondary_sync_state: sync, sr_health_state: health } = details;
  return [
    ["Scenario", scenarioInWords(details.hana_scenario)],
    ["Architecture", architectureInWords(details.architecture_type)],
    ["Replication mode", details.system_replication_mode],
    ["Operation mode", details.system_replication_operation_mode],
    [
      "Sync state of the secondary",
      <HealthBadge key="sync" health={healthOfSync(sync)}>
        {sync}
      </HealthBadge>,
    ],
    [
      "Replication health",
      <HealthBadge key="health" health={healthOfReplication(health)}>
        {replicationHealthInWords(health)}
      </HealthBadge>,
    ],
  ];
}

function Maintenance({ on }: { readonly on: boolean }) {
  return on ? (
    <Badge color="orange" variant="light">
      on
    </Badge>
  ) : (
    "off"
  );
}

export function ClusterSummary({ cluster }: { readonly cluster: ClusterView }) {
  const { details } = cluster;
  const landscape = useLandscape();
  return (
    <Section title="Summary">
      <Facts
        facts={[
          ["Type", typeInWords(cluster.type)],
          ["SID", <SidLinks key="sid" named={sidsInCluster(cluster, landscape)} />],
          ["Provider", providerInWords(cluster.provider)],
          ["State", stateInWords(cluster.state)],
          ...(details !== null && "sites" in details ? hanaFacts(details) : []),
          ...(details === null
            ? []
            : [
                ["Fencing", details.fencing_type] as const,
                ["Maintenance", <Maintenance key="maintenance" on={details.maintenance_mode} />] as const,
              ]),
          ["Hosts", cluster.hosts_number],
          ["Resources", cluster.resources_number],
          ["CIB last written", cluster.cib_last_written],
          [
            "Tags",
            <Tags
              key="tags"
              resources="clusters"
              id={cluster.id}
              name={clusterName(cluster)}
              tags={cluster.tags}
            />,
          ],
          ["Id", <code key="id">{cluster.id}</code>],
        ]}
      />
    </Section>
  );
}
