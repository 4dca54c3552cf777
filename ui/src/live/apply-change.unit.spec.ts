/** How a room's messages change the list. */
import { describe, expect, it } from "vitest";
import type { HostView } from "../../../domain/host/view.ts";
import type { Change } from "../../../party/messages.ts";
import { hostExample } from "../hosts/host-example.ts";
import { applyChange } from "./apply-change.ts";
import { keptHosts } from "./kept.ts";

const host = hostExample({ last_heartbeat_timestamp: "2026-01-01T00:00:00.000Z" });
const change = { id: host.id, version: 6, events: ["host_details_updated"] };

/** The list after a change, when version 5 of the host is known. */
const after = (hosts: readonly HostView[], told: Change<HostView>) =>
  applyChange(hosts, told, new Map([[host.id, 5]]), keptHosts);

describe("a change", () => {
  it("replaces the host, and keeps the time of its last heartbeat", () => {
    const resource = hostExample({ health: "critical", last_heartbeat_timestamp: null });
    const [changed] = after([host], { ...change, resource });
    expect(changed).toEqual({ ...resource, last_heartbeat_timestamp: host.last_heartbeat_timestamp });
  });

  it("adds a host in its place", () => {
    const newer = hostExample({ id: crypto.randomUUID(), hostname: "aaa" });
    const names = after([host], { ...change, id: newer.id, resource: newer }).map(({ hostname }) => hostname);
    expect(names).toEqual(["aaa", "vmhdbprd01"]);
  });

  it("removes a host that is gone, and one that is not known", () => {
    expect(after([host], { ...change, resource: null })).toEqual([]);
    const hosts = [host];
    expect(after(hosts, { ...change, id: crypto.randomUUID(), resource: null })).toBe(hosts);
  });

  it("is let pass when it is older than what is known, and taken when it is as old", () => {
    const hosts = [host];
    const resource = hostExample({ health: "warning" });
    expect(after(hosts, { ...change, version: 4, resource })).toBe(hosts);
    expect(after(hosts, { ...change, version: 5, resource })[0]?.health).toBe("warning");
  });
});
