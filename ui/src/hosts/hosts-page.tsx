/** All hosts. */
import { Anchor, Code } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import { useClusters } from "../api/clusters.ts";
import { useHosts } from "../api/hosts.ts";
import { clusterName } from "../clusters/cluster-words.ts";
import { ListPage } from "../list/list-page.tsx";
import { Hint, Nothing } from "../list/nothing.tsx";
import { hostColumns } from "./host-columns.tsx";
import { hostFiltering } from "./host-filters.ts";

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
  const { data: clusters } = useClusters();
  const columns = useMemo(() => {
    const names = new Map(clusters?.map((cluster) => [cluster.id, clusterName(cluster)]));
    return hostColumns((id) => names.get(id) ?? "");
  }, [clusters]);
  return (
    <ListPage
      title="Hosts"
      noun={{ one: "host", many: "hosts" }}
      answer={useHosts()}
      filtering={hostFiltering}
      columns={columns}
      sortedBy="hostname"
      attributesOf={({ hostname }) => ({ "data-host": hostname })}
      empty={<NoHosts />}
    />
  );
}
