/** How a room's messages change the list. */
import { describe, expect, it } from "vitest";
import type { HostView } from "../../../domain/host/view.ts";
import type { Change } from "../../../party/messages.ts";
import { clusterExample } from "../clusters/cluster-example.ts";
import { databaseExample } from "../databases/database-example.ts";
import { hostExample } from "../hosts/host-example.ts";
import { sapSystemExample } from "../sap-systems/sap-system-example.ts";
import { applyChange } from "./apply-change.ts";
import { type Kept, keptClusters, keptDatabases, keptHosts, keptSapSystems } from "./kept.ts";

const host = hostExample({ last_heartbeat_timestamp: "2026-01-01T00:00:00.000Z" });
const change = { id: host.id, version: 6, events: ["host_details_updated"] };

/** The list after a change, when version 5 of the host is known. */
const applied = (hosts: readonly HostView[], told: Change<HostView>) =>
  applyChange(hosts, told, new Map([[host.id, 5]]), keptHosts);

describe("a change", () => {
  it("replaces the host, and keeps the time of its last heartbeat", () => {
    const resource = hostExample({ health: "critical", last_heartbeat_timestamp: null });
    const [changed] = applied([host], { ...change, resource });
    expect(changed).toEqual({ ...resource, last_heartbeat_timestamp: host.last_heartbeat_timestamp });
  });

  it("adds a host in its place", () => {
    const newer = hostExample({ id: crypto.randomUUID(), hostname: "aaa" });
    const names = applied([host], { ...change, id: newer.id, resource: newer }).map(
      ({ hostname }) => hostname,
    );
    expect(names).toEqual(["aaa", "vmhdbprd01"]);
  });

  it("removes a host that is gone, and one that is not known", () => {
    expect(applied([host], { ...change, resource: null })).toEqual([]);
    const hosts = [host];
    expect(applied(hosts, { ...change, id: crypto.randomUUID(), resource: null })).toBe(hosts);
  });

  it("is let pass when it is older than what is known, and taken when it is as old", () => {
    const hosts = [host];
    const resource = hostExample({ health: "warning" });
    expect(applied(hosts, { ...change, version: 4, resource })).toBe(hosts);
    expect(applied(hosts, { ...change, version: 5, resource })[0]?.health).toBe("warning");
  });
});

/** Ids of the list after all of them were told of, from the last to the first. */
function order<Resource extends { readonly id: string }>(
  kept: Kept<Resource>,
  resources: Resource[],
): string[] {
  const told = resources.toReversed();
  const list = told.reduce<readonly Resource[]>(
    (known, resource) =>
      applyChange(known, { id: resource.id, version: 1, events: [], resource }, new Map(), kept),
    [],
  );
  return list.map(({ id }) => id);
}

describe("the order of what was told of", () => {
  it("is that of the API: by name, and by id where names are the same", () => {
    const clusters = [null, "a", "b", "b"].map((name, index) => clusterExample({ id: `${index}`, name }));
    const systems = ["A", "A", "B"].map((sid, index) => sapSystemExample({ id: `${index}`, sid }));
    const databases = ["A", "A", "B"].map((sid, index) => databaseExample({ id: `${index}`, sid }));
    expect(order(keptClusters, clusters)).toEqual(["0", "1", "2", "3"]);
    expect(order(keptSapSystems, systems)).toEqual(["0", "1", "2"]);
    expect(order(keptDatabases, databases)).toEqual(["0", "1", "2"]);
  });
});
