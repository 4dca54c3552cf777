/** How a room's messages change the list. */
import { describe, expect, it } from "vitest";
import { hostExample } from "../hosts/host-example.ts";
import { applyChange, type Versions } from "./apply-change.ts";

const host = hostExample({ last_heartbeat_timestamp: "2026-01-01T00:00:00.000Z" });
const known = (): Versions => new Map([[host.id, 5]]);
const change = { id: host.id, version: 6, events: ["host_details_updated"] };

describe("a change", () => {
  it("replaces the host, and keeps the time of its last heartbeat", () => {
    const resource = hostExample({ health: "critical", last_heartbeat_timestamp: null });
    const [after] = applyChange([host], { ...change, resource }, known());
    expect(after).toEqual({ ...resource, last_heartbeat_timestamp: host.last_heartbeat_timestamp });
  });

  it("adds a host in its place", () => {
    const newer = hostExample({ id: crypto.randomUUID(), hostname: "aaa" });
    const after = applyChange([host], { ...change, id: newer.id, resource: newer }, known());
    expect(after.map(({ hostname }) => hostname)).toEqual(["aaa", "vmhdbprd01"]);
  });

  it("removes a host that is gone, and one that is not known", () => {
    expect(applyChange([host], { ...change, resource: null }, known())).toEqual([]);
    const hosts = [host];
    expect(applyChange(hosts, { ...change, id: crypto.randomUUID(), resource: null }, known())).toBe(hosts);
  });

  it("is let pass when it is older than what is known, and taken when it is as old", () => {
    const hosts = [host];
    const resource = hostExample({ health: "warning" });
    expect(applyChange(hosts, { ...change, version: 4, resource }, known())).toBe(hosts);
    expect(applyChange(hosts, { ...change, version: 5, resource }, known())[0]?.health).toBe("warning");
  });
});
