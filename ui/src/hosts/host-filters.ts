/** How hosts are searched and chosen. */
import type { HostView } from "../../../domain/host/view.ts";
import { byTag, type Filtering } from "../list/filters.ts";

export const hostFiltering: Filtering<HostView> = {
  hint: "Search by name, address, provider, tag",
  textsOf: ({ hostname, ip_addresses, provider, agent_version, tags }) => [
    hostname,
    ...ip_addresses,
    provider,
    agent_version,
    ...tags.map(({ value }) => value),
  ],
  choices: [
    {
      name: "heartbeat",
      label: "Heartbeat",
      valuesOf: ({ heartbeat }) => [heartbeat],
      all: ["passing", "critical", "unknown"],
    },
    { name: "provider", label: "Provider", valuesOf: ({ provider }) => [provider] },
    byTag,
  ],
};
