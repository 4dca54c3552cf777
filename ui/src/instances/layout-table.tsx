/** Which instances there are, where each runs, and how it is. */
import { Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useHosts } from "../api/hosts.ts";
import { HostLink } from "../links/host-link.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { CleanUpInstance } from "./clean-up-instance.tsx";
import { Features } from "./features.tsx";
import { type InstanceView, inOrder, type Owners } from "./instance.ts";
import { InstanceStatus } from "./instance-status.tsx";

/** An instance may have a host name of its own, which moves with it. */
function Place({ instance }: { readonly instance: InstanceView }) {
  const { host_id, instance_hostname } = instance;
  const { data: hosts } = useHosts();
  const host = hosts?.find(({ id }) => id === host_id);
  return (
    <Stack gap={0}>
      <HostLink id={host_id} otherwise={instance_hostname} />
      {instance_hostname !== null && host !== undefined && instance_hostname !== host.hostname && (
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          as {instance_hostname}
        </Text>
      )}
    </Stack>
  );
}

const port = (number: number) => (number === 0 ? "–" : number);

function layoutColumns<Instance extends InstanceView>(
  owners: Owners,
  ownerId: string,
  further: readonly Column<Instance>[],
): readonly Column<Instance>[] {
  return [
    { id: "number", heading: "Nr.", cell: ({ instance_number }) => instance_number },
    { id: "host", heading: "Host", cell: (instance) => <Place instance={instance} /> },
    { id: "features", heading: "Features", cell: ({ features }) => <Features features={features} /> },
    { id: "http", heading: "HTTP port", cell: ({ http_port }) => port(http_port) },
    { id: "https", heading: "HTTPS port", cell: ({ https_port }) => port(https_port) },
    { id: "priority", heading: "Start priority", cell: ({ start_priority }) => start_priority ?? "–" },
    ...further,
    { id: "status", heading: "Status", cell: (instance) => <InstanceStatus instance={instance} /> },
    {
      id: "actions",
      heading: "",
      cell: (instance) => <CleanUpInstance owners={owners} ownerId={ownerId} instance={instance} />,
    },
  ];
}

interface LayoutTableProps<Instance extends InstanceView> {
  readonly label: string;
  readonly owners: Owners;
  readonly ownerId: string;
  readonly instances: readonly Instance[];
  /** What instances of this kind have besides. */
  readonly further?: readonly Column<Instance>[];
}

const none: never[] = [];

export function LayoutTable<Instance extends InstanceView>(props: LayoutTableProps<Instance>) {
  const { label, owners, ownerId, instances, further = none } = props;
  const columns = useMemo(() => layoutColumns(owners, ownerId, further), [owners, ownerId, further]);
  return (
    <PlainTable
      label={label}
      columns={columns}
      rows={inOrder(instances)}
      keyOf={({ host_id, instance_number }) => `${host_id} ${instance_number}`}
      empty="None has been seen."
    />
  );
}
