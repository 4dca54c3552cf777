/** All hosts. */
import { Anchor, Code, Stack } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import { useClusters } from "../api/clusters.ts";
import { useHosts } from "../api/hosts.ts";
import { useDatabases, useSapSystems } from "../api/sap-systems.ts";
import { ListPage } from "../list/list-page.tsx";
import { Hint, Nothing } from "../list/nothing.tsx";
import { UnregisteredAgents } from "../open-discoveries/unregistered-agents.tsx";
import { hostColumns } from "./host-columns.tsx";
import { hostFiltering } from "./host-filters.ts";
import { hostRows } from "./host-row.ts";

function NoHosts() {
  return (
    <Nothing title="No host has reported yet">
      <Hint>Install the Trento agent on a host and start it with this server and its API key:</Hint>
      <Code block>{`server-url: ${window.location.origin}\napi-key: <the key>`}</Code>
      <Anchor component={Link} to="/settings" size="sm">
        Show the API key
      </Anchor>
    </Nothing>
  );
}

export function HostsPage() {
  const hosts = useHosts();
  const { data: clusters } = useClusters();
  const { data: systems } = useSapSystems();
  const { data: databases } = useDatabases();
  const rows = useMemo(
    () => hosts.data && hostRows(hosts.data, clusters, systems, databases),
    [hosts.data, clusters, systems, databases],
  );
  const filtering = useMemo(() => hostFiltering(systems ?? []), [systems]);
  return (
    <Stack>
      <UnregisteredAgents />
      <ListPage
        title="Hosts"
        noun={{ one: "host", many: "hosts" }}
        answer={{ data: rows, error: hosts.error, refetch: hosts.refetch }}
        filtering={filtering}
        columns={hostColumns}
        sortedBy="hostname"
        attributesOf={({ hostname }) => ({ "data-host": hostname })}
        empty={<NoHosts />}
      />
    </Stack>
  );
}
