/** The central services that a cluster runs, by SAP system. */
import { Badge, Group } from "@mantine/core";
import { useMemo } from "react";
import type { AscsErsDetailsView } from "../../../domain/cluster/view.ts";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { NodeLink } from "../links/host-link.tsx";
import { HealthBadge } from "../status/health.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { healthOfNode } from "./cluster-health.ts";
import { moreOfNode } from "./node-more.tsx";

type System = AscsErsDetailsView["sap_systems"][number];
type Node = System["nodes"][number];

function nodeColumns(clusterId: string): readonly Column<Node>[] {
  return [
    { id: "name", heading: "Node", cell: ({ name }) => <NodeLink name={name} clusterId={clusterId} /> },
    {
      id: "status",
      heading: "Status",
      cell: ({ status }) => <HealthBadge health={healthOfNode(status)}>{status}</HealthBadge>,
    },
    {
      id: "roles",
      heading: "Roles",
      cell: ({ roles }) =>
        roles.length === 0 ? (
          "–"
        ) : (
          <Group gap={4}>
            {roles.map((role) => (
              <Badge key={role} variant="default" size="sm">
                {role}
              </Badge>
            ))}
          </Group>
        ),
    },
    { id: "ips", heading: "Virtual IP", cell: ({ virtual_ips }) => virtual_ips.join(", ") || "–" },
    { id: "filesystems", heading: "File systems", cell: ({ filesystems }) => filesystems.join(", ") || "–" },
  ];
}

interface AscsErsSystemsProps {
  readonly clusterId: string;
  readonly systems: readonly System[];
}

export function AscsErsSystems({ clusterId, systems }: AscsErsSystemsProps) {
  const columns = useMemo(() => nodeColumns(clusterId), [clusterId]);
  return systems.map(({ sid, distributed, filesystem_resource_based, nodes }) => (
    <Section key={sid} title={`Central services of ${sid}`}>
      <Facts
        facts={[
          [
            "ASCS and ERS on different nodes",
            <HealthBadge key="distributed" health={distributed ? "passing" : "critical"}>
              {distributed ? "yes" : "no"}
            </HealthBadge>,
          ],
          ["File systems", filesystem_resource_based ? "Resources of the cluster" : "Simple mount"],
        ]}
      />
      <PlainTable
        label={`Nodes of ${sid}`}
        columns={columns}
        rows={nodes}
        keyOf={({ name }) => name}
        empty="None has been seen."
        more={moreOfNode}
        inLine
      />
    </Section>
  ));
}
