/** Columns of the list of hosts. */
import { Anchor, Stack, Text } from "@mantine/core";
import { createColumnHelper, type SortingFn } from "@tanstack/react-table";
import { Link } from "react-router";
import type { HostView } from "../../../domain/host/view.ts";
import { CleanUp } from "./clean-up.tsx";
import { HealthBadge, Heartbeat } from "./status.tsx";
import { Tags } from "./tags.tsx";

const column = createColumnHelper<HostView>();

/** The worst first when sorted upwards: that is what one looks for. */
const severity = ["unknown", "critical", "warning", "passing"];
const byHealth: SortingFn<HostView> = (one, other) =>
  severity.indexOf(one.original.health) - severity.indexOf(other.original.health);

export function addressesOf(host: HostView): string[] {
  return host.ip_addresses.map((address, index) => {
    const mask = host.netmasks[index] ?? null;
    return mask === null ? address : `${address}/${mask}`;
  });
}

export const hostColumns = [
  column.accessor("health", {
    header: "Health",
    sortingFn: byHealth,
    cell: ({ getValue }) => <HealthBadge health={getValue()} />,
  }),
  column.accessor("heartbeat", { header: "Heartbeat", cell: ({ row }) => <Heartbeat host={row.original} /> }),
  column.accessor("hostname", {
    header: "Name",
    cell: ({ row }) => (
      <Anchor component={Link} to={`/hosts/${row.original.id}`} fw={550}>
        {row.original.hostname}
      </Anchor>
    ),
  }),
  column.accessor((host) => addressesOf(host).join(" "), {
    id: "addresses",
    header: "Addresses",
    cell: ({ row }) => (
      <Stack gap={0}>
        {addressesOf(row.original).map((address) => (
          <Text key={address} size="sm" ff="monospace">
            {address}
          </Text>
        ))}
      </Stack>
    ),
  }),
  column.accessor("provider", { header: "Provider" }),
  column.accessor("agent_version", { header: "Agent" }),
  column.display({ id: "tags", header: "Tags", cell: ({ row }) => <Tags host={row.original} /> }),
  column.display({ id: "actions", header: "", cell: ({ row }) => <CleanUp host={row.original} /> }),
];
