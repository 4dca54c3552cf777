/** Links to hosts, by what is known of them elsewhere. */
import { Stack, Text } from "@mantine/core";
import { useHosts } from "../api/hosts.ts";
import { hostOfNode } from "./host-of-node.ts";
import { hostPath } from "./paths.ts";
import { ToResource } from "./to-resource.tsx";

interface HostLinkProps {
  readonly id: string;
  /** What it is called where the link stands, should the host not be there (any more). */
  readonly otherwise: string | null;
}

export function HostLink({ id, otherwise }: HostLinkProps) {
  const { data: hosts } = useHosts();
  const host = hosts?.find((one) => one.id === id);
  if (host === undefined) return otherwise ?? id;
  return <ToResource to={hostPath(id)}>{host.hostname}</ToResource>;
}

interface NodeLinkProps {
  readonly name: string;
  readonly clusterId: string;
}

/** A cluster calls its nodes by their hosts' names, or nearly so. */
export function NodeLink({ name, clusterId }: NodeLinkProps) {
  const { data: hosts } = useHosts();
  const host = hostOfNode(hosts ?? [], name, clusterId);
  if (host !== undefined) return <ToResource to={hostPath(host.id)}>{name}</ToResource>;
  return (
    <Stack gap={0}>
      <span>{name}</span>
      {hosts !== undefined && (
        <Text size="xs" c="dimmed">
          no host of this name reports
        </Text>
      )}
    </Stack>
  );
}
