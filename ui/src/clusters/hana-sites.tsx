/** The sites of a HANA cluster and their nodes. */
import { Badge, Group, Stack, Title } from "@mantine/core";
import { useMemo } from "react";
import type { HanaDetailsView } from "../../../domain/cluster/view.ts";
import { Section } from "../detail/section.tsx";
import { NodeLink } from "../links/host-link.tsx";
import { HealthBadge } from "../status/health.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { healthOfHana, healthOfNode, healthOfReplication } from "./cluster-health.ts";
import { replicationHealthInWords } from "./cluster-words.ts";
import { moreOfNode } from "./node-more.tsx";
import { type HanaNodeView, sitesOf } from "./sites-of.ts";

function nodeColumns(clusterId: string): readonly Column<HanaNodeView>[] {
  return [
    {
      id: "name",
      heading: "Node",
      cell: ({ name, is_majority_maker }) => (
        <Group gap="xs">
          <NodeLink name={name} clusterId={clusterId} />
          {is_majority_maker && (
            <Badge variant="default" size="sm">
              majority maker
            </Badge>
          )}
        </Group>
      ),
    },
    {
      id: "status",
      heading: "Status",
      cell: ({ status }) => <HealthBadge health={healthOfNode(status)}>{status}</HealthBadge>,
    },
    {
      id: "hana",
      heading: "HANA",
      cell: ({ hana_status, is_majority_maker }) =>
        is_majority_maker ? "–" : <HealthBadge health={healthOfHana(hana_status)}>{hana_status}</HealthBadge>,
    },
    { id: "nameserver", heading: "Name server", cell: (node) => node.nameserver_actual_role || "–" },
    { id: "indexserver", heading: "Index server", cell: (node) => node.indexserver_actual_role || "–" },
    { id: "ip", heading: "Virtual IP", cell: ({ virtual_ip }) => virtual_ip ?? "–" },
  ];
}

interface HanaSitesProps {
  readonly clusterId: string;
  readonly details: HanaDetailsView;
}

export function HanaSites({ clusterId, details }: HanaSitesProps) {
  const columns = useMemo(() => nodeColumns(clusterId), [clusterId]);
  const { sites, others } = useMemo(() => sitesOf(details), [details]);
  const table = (label: string, nodes: readonly HanaNodeView[]) => (
    <PlainTable
      label={label}
      columns={columns}
      rows={nodes}
      keyOf={({ name }) => name}
      empty="It has no node."
      more={moreOfNode}
      inLine
    />
  );
  return (
    <Section title="Sites and nodes">
      <Stack gap="lg">
        {sites.map(({ site, nodes }) => (
          <Stack key={site.name} gap="xs">
            <Group gap="xs">
              <Title order={3} size="h5">
                {site.name}
              </Title>
              <HealthBadge health={healthOfHana(site.state)}>{site.state}</HealthBadge>
              <HealthBadge health={healthOfReplication(site.sr_health_state)}>
                replication {replicationHealthInWords(site.sr_health_state)}
              </HealthBadge>
            </Group>
            {table(`Nodes of site ${site.name}`, nodes)}
          </Stack>
        ))}
        {others.length > 0 && (
          <Stack gap="xs">
            <Title order={3} size="h5">
              Without a site
            </Title>
            {table("Nodes without a site", others)}
          </Stack>
        )}
      </Stack>
    </Section>
  );
}
