/** All hosts. */
import { Anchor, Code, Paper, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { Link, useSearchParams } from "react-router";
import { useHosts } from "../api/hosts.ts";
import { Loading, LoadingFailed, Page } from "../shell/page.tsx";
import { FilterBar, HealthCounters } from "./filter-bar.tsx";
import { filterHosts, type HostFilters, readFilters } from "./host-filters.ts";
import { HostsTable } from "./hosts-table.tsx";

function NoHosts() {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="xs">
        <Text fw={600}>No host has reported yet</Text>
        <Text size="sm" c="dimmed">
          Install the Trento agent on a host and start it with this server and its API key:
        </Text>
        <Code block>{`server-url: ${window.location.origin}\napi-key: <the key>`}</Code>
        <Anchor component={Link} to="/settings" size="sm">
          Show the API key
        </Anchor>
      </Stack>
    </Paper>
  );
}

export function HostsPage() {
  const { data: hosts, error } = useHosts();
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(() => readFilters(query), [query]);
  const shown = useMemo(() => filterHosts(hosts ?? [], filters), [hosts, filters]);

  function change(name: keyof HostFilters, value: string | null) {
    setQuery(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === null) after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  }

  if (error !== null) return <LoadingFailed error={error} />;
  if (hosts === undefined) return <Loading />;
  if (hosts.length === 0) {
    return (
      <Page title="Hosts">
        <NoHosts />
      </Page>
    );
  }
  return (
    <Page title="Hosts" aside={<HealthCounters hosts={hosts} filters={filters} onChange={change} />}>
      <FilterBar hosts={hosts} filters={filters} onChange={change} />
      <Paper withBorder>
        <HostsTable hosts={shown} />
      </Paper>
    </Page>
  );
}
