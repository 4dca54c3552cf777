/** Search, filters and counters above the list of hosts. */
import { Button, Group, Select, TextInput } from "@mantine/core";
import type { HostView } from "../../../domain/host/view.ts";
import { SearchIcon } from "../shell/icons.tsx";
import { type HostFilters, providersOf, tagsOf } from "./host-filters.ts";
import { healthColors } from "./status.tsx";

interface FilterBarProps {
  readonly hosts: readonly HostView[];
  readonly filters: HostFilters;
  readonly onChange: (name: keyof HostFilters, value: string | null) => void;
}

const healths = ["passing", "warning", "critical", "unknown"] as const;

export function HealthCounters({ hosts, filters, onChange }: FilterBarProps) {
  return (
    <Group gap="xs" role="group" aria-label="Hosts by health">
      {healths.map((health) => (
        <Button
          key={health}
          size="compact-sm"
          color={healthColors[health]}
          variant={filters.health === health ? "filled" : "light"}
          aria-pressed={filters.health === health}
          onClick={() => onChange("health", filters.health === health ? null : health)}
        >
          {hosts.filter((host) => host.health === health).length} {health}
        </Button>
      ))}
    </Group>
  );
}

export function FilterBar({ hosts, filters, onChange }: FilterBarProps) {
  return (
    <Group gap="sm">
      <TextInput
        type="search"
        aria-label="Search"
        placeholder="Search by name, address, provider, tag"
        leftSection={<SearchIcon />}
        value={filters.search}
        onChange={(event) => onChange("search", event.currentTarget.value || null)}
        w={320}
      />
      <Select
        aria-label="Heartbeat"
        placeholder="Heartbeat"
        data={["passing", "critical", "unknown"]}
        value={filters.heartbeat}
        onChange={(value) => onChange("heartbeat", value)}
        clearable
        w={140}
      />
      <Select
        aria-label="Provider"
        placeholder="Provider"
        data={providersOf(hosts)}
        value={filters.provider}
        onChange={(value) => onChange("provider", value)}
        clearable
        w={140}
      />
      <Select
        aria-label="Tag"
        placeholder="Tag"
        data={tagsOf(hosts)}
        value={filters.tag}
        onChange={(value) => onChange("tag", value)}
        clearable
        searchable
        w={160}
      />
    </Group>
  );
}
