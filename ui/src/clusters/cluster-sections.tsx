/** What clusters of all described types have: devices for fencing, and resources. */
import { Text } from "@mantine/core";
import type { SbdDevice } from "../../../domain/cluster/details.ts";
import type { ClusterView } from "../../../domain/cluster/view.ts";
import { Section } from "../detail/section.tsx";
import { HealthBadge } from "../status/health.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { healthOfDevice } from "./cluster-health.ts";
import { ResourcesTable } from "./resources-table.tsx";

interface OfDetails {
  readonly details: NonNullable<ClusterView["details"]>;
}

const deviceColumns: readonly Column<SbdDevice>[] = [
  {
    id: "device",
    heading: "Device",
    cell: ({ device }) => (
      <Text size="sm" className="long">
        {device}
      </Text>
    ),
  },
  {
    id: "status",
    heading: "Status",
    cell: (device) => <HealthBadge health={healthOfDevice(device)}>{device.status}</HealthBadge>,
  },
];

export function DevicesSection({ details }: OfDetails) {
  return (
    <Section title="SBD devices">
      <PlainTable
        label="SBD devices"
        columns={deviceColumns}
        rows={details.sbd_devices}
        keyOf={({ device }) => device}
        empty="The cluster has none."
      />
    </Section>
  );
}

type Stopped = OfDetails["details"]["stopped_resources"][number];

const stoppedColumns: readonly Column<Stopped>[] = [
  { id: "id", heading: "Resource", cell: ({ id }) => id },
  { id: "type", heading: "Type", cell: ({ type }) => type },
  { id: "role", heading: "Role", cell: ({ role }) => role },
];

export function ResourcesSections({ details }: OfDetails) {
  return (
    <>
      <Section title="Resources">
        <ResourcesTable label="Resources" resources={details.resources} withNode />
      </Section>
      <Section title="Stopped resources">
        <PlainTable
          label="Stopped resources"
          columns={stoppedColumns}
          rows={details.stopped_resources}
          keyOf={({ id }, index) => `${id} ${index}`}
          empty="None is stopped."
        />
      </Section>
    </>
  );
}
