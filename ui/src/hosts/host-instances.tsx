/** The SAP instances that run on a host. */
import type { HostView } from "../../../domain/host/view.ts";
import { useDatabases, useSapSystems } from "../api/sap-systems.ts";
import { Section } from "../detail/section.tsx";
import { CleanUpInstance } from "../instances/clean-up-instance.tsx";
import { Features } from "../instances/features.tsx";
import { InstanceStatus } from "../instances/instance-status.tsx";
import { instancesOnHost, type OwnedInstance } from "../instances/instances-on-host.ts";
import { databasePath, sapSystemPath } from "../links/paths.ts";
import { ToResource } from "../links/to-resource.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";

const columns: readonly Column<OwnedInstance>[] = [
  {
    id: "sid",
    heading: "SID",
    cell: ({ owners, ownerId, instance }) => (
      <ToResource to={owners === "databases" ? databasePath(ownerId) : sapSystemPath(ownerId)} strong>
        {instance.sid}
      </ToResource>
    ),
  },
  {
    id: "type",
    heading: "Type",
    cell: ({ owners }) => (owners === "databases" ? "Database" : "Application"),
  },
  { id: "number", heading: "Nr.", cell: ({ instance }) => instance.instance_number },
  { id: "hostname", heading: "Instance host", cell: ({ instance }) => instance.instance_hostname ?? "–" },
  { id: "features", heading: "Features", cell: ({ instance }) => <Features features={instance.features} /> },
  { id: "priority", heading: "Start priority", cell: ({ instance }) => instance.start_priority ?? "–" },
  { id: "status", heading: "Status", cell: ({ instance }) => <InstanceStatus instance={instance} /> },
  { id: "actions", heading: "", cell: (owned) => <CleanUpInstance {...owned} /> },
];

export function InstancesSection({ host }: { readonly host: HostView }) {
  const { data: systems } = useSapSystems();
  const { data: databases } = useDatabases();
  const isKnown = systems !== undefined && databases !== undefined;
  return (
    <Section title="SAP instances">
      <PlainTable
        label="SAP instances"
        columns={columns}
        rows={instancesOnHost(host.id, systems ?? [], databases ?? [])}
        keyOf={({ ownerId, instance }) => `${ownerId} ${instance.instance_number}`}
        empty={isKnown ? "No instance of an SAP system or a database runs here." : "Not read yet."}
      />
    </Section>
  );
}
