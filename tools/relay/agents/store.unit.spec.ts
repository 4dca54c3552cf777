/** The last discovery of each agent and type, on disk. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agentId, encode } from "./agents.spec.ts";
import { DiscoveryStore, type Key } from "./store.ts";

const host: Key = { agentId, type: "host_discovery" };
const cloud: Key = { agentId, type: "cloud_discovery" };
const folder = join(mkdtempSync(join(tmpdir(), "trento-edge-store-")), "relay");
let store: DiscoveryStore;

beforeEach(() => {
  store = new DiscoveryStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const keep = (key: Key, hash: string, pending = true) =>
  store.keep({ ...key, hash, pending }, encode(`body ${hash}`));
const bodyOf = (key: Key) => {
  const kept = store.body(key);
  return kept === null ? null : [kept.hash, new TextDecoder().decode(kept.body)];
};

describe("what is kept", () => {
  it("is the newest of each agent and type, for its owner alone, and outlives a restart", () => {
    keep(host, "1", false);
    keep(host, "2");
    keep(cloud, "3", false);
    store.close();
    store = new DiscoveryStore(folder);
    const all = store.all().sort((one, other) => one.hash.localeCompare(other.hash));
    expect(all).toEqual([
      { ...host, hash: "2", pending: true },
      { ...cloud, hash: "3", pending: false },
    ]);
    expect([bodyOf(host), bodyOf(cloud)]).toEqual([
      ["2", "body 2"],
      ["3", "body 3"],
    ]);
    expect(bodyOf({ ...host, agentId: "another" })).toBeNull();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("goes in the order in which it came, and what was replaced goes last", () => {
    keep(host, "1");
    keep(cloud, "2");
    expect(store.next()).toMatchObject({ hash: "1" });
    keep(host, "3");
    expect([store.next(), store.waiting()]).toMatchObject([{ hash: "2" }, 2]);
    expect(store.settle(cloud, "2", false)).toBe(true);
    expect([store.next(), store.waiting()]).toMatchObject([{ hash: "3" }, 1]);
    store.settle(host, "3", false);
    expect([store.next(), store.waiting()]).toEqual([null, 0]);
  });

  it("is neither settled nor dropped in place of what came since", () => {
    keep(host, "1");
    keep(host, "2");
    expect(store.settle(host, "1", false)).toBe(false);
    store.drop(host, "1");
    store.drop(cloud, "2");
    expect([store.next(), store.waiting()]).toMatchObject([{ hash: "2", pending: true }, 1]);
    store.drop(host, "2");
    expect(store.all()).toEqual([]);
  });

  it("may wait again after it was told", () => {
    keep(host, "1", false);
    expect(store.settle(host, "1", true)).toBe(true);
    expect(store.next()).toEqual({ ...host, hash: "1", pending: true });
  });
});
