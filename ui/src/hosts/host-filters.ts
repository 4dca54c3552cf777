/** How hosts are searched and chosen. */
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { byTag, type Filtering } from "../list/filters.ts";
import type { HostRow } from "./host-row.ts";
import { providerInWords } from "./provider-words.ts";

export function hostFiltering(systems: readonly Pick<SapSystemView, "id" | "sid">[]): Filtering<HostRow> {
  const sids = new Map(systems.map(({ id, sid }) => [id, sid]));
  return {
    hint: "Name, address, cluster, SID, tag",
    textsOf: ({ hostname, ip_addresses, provider, agent_version, clusterName, runs, tags }) => [
      hostname,
      ...ip_addresses,
      provider,
      agent_version,
      clusterName,
      ...runs.map(({ sid }) => sid),
      ...tags.map(({ value }) => value),
    ],
    choices: [
      {
        name: "heartbeat",
        label: "Heartbeat",
        valuesOf: ({ heartbeat }) => [heartbeat],
        all: ["passing", "critical", "unknown"],
      },
      {
        name: "provider",
        label: "Provider",
        valuesOf: ({ provider }) => [provider],
        textOf: providerInWords,
      },
      {
        // By id: systems of different landscapes may be called the same.
        name: "sap_system",
        label: "SAP system",
        valuesOf: ({ systemIds }) => systemIds,
        textOf: (id) => sids.get(id) ?? id,
      },
      byTag,
    ],
  };
}
