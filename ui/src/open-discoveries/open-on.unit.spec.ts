/** What concerns a host, a cluster, a system and a database of what agents report in vain. */
import { describe, expect, it } from "vitest";
import type { OpenDiscovery } from "../../../domain/agent/open-discovery.ts";
import type { AgentView } from "../../../domain/agent/view.ts";
import { oldest, openOn, unregistered, wordings } from "./open-on.ts";

const open = (
  discovery_type: OpenDiscovery["discovery_type"],
  state: OpenDiscovery["state"] = "refused",
  since = "2026-01-01T00:00:00.000Z",
): OpenDiscovery => ({ discovery_type, state, since, issues: [] });
const agent = (id: string, hostname: string | null, ...open_discoveries: OpenDiscovery[]): AgentView => ({
  id,
  hostname,
  open_discoveries,
  updated_at: "2026-01-01T00:00:00.000Z",
});
const agents = [
  agent(
    "1",
    "db01",
    open("ha_cluster_discovery"),
    open("sap_system_discovery", "parked"),
    open("cloud_discovery"),
  ),
  agent("2", null, open("sap_system_discovery", "refused", "2025-01-01T00:00:00.000Z")),
  agent("3", "other", open("ha_cluster_discovery")),
];
const types = (of: Parameters<typeof openOn>[2], ...hosts: string[]) =>
  openOn(agents, hosts, of).map(({ host, discovery_type }) => `${host} ${discovery_type}`);

describe("of what is open", () => {
  it("all concerns the host, and one type the cluster of its hosts", () => {
    expect(types("host", "1")).toHaveLength(3);
    expect(types("cluster", "1", "2")).toEqual(["db01 ha_cluster_discovery"]);
    expect(types("host", "4")).toEqual([]);
  });

  it("what waits concerns the system, and not the database below", () => {
    expect(types("sap_system", "1", "2")).toEqual(["db01 sap_system_discovery", "2 sap_system_discovery"]);
    expect(types("database", "1", "2")).toEqual(["2 sap_system_discovery"]);
  });

  it("what the server could not apply yet concerns both", () => {
    const delayed = [agent("5", "db05", open("sap_system_discovery", "delayed"))];
    expect(openOn(delayed, ["5"], "sap_system")).toHaveLength(1);
    expect(openOn(delayed, ["5"], "database")).toHaveLength(1);
  });

  it("nothing but what is refused is called so", () => {
    expect(Object.entries(wordings).map(([state, { short }]) => [state, short])).toEqual([
      ["refused", "refused"],
      ["parked", "waits"],
      ["delayed", "waits"],
    ]);
    const { long, outcome } = wordings.delayed;
    expect(`${long} ${outcome}`).not.toMatch(/refused/);
  });

  it("the oldest is told first", () => {
    expect(oldest(openOn(agents, ["1", "2"], "sap_system"))?.hostId).toBe("2");
    expect(oldest([])).toBeUndefined();
  });
});

it("agents without a host in the list are not registered", () => {
  expect(unregistered(agents, [{ id: "1" }, { id: "3" }]).map(({ id }) => id)).toEqual(["2"]);
});
