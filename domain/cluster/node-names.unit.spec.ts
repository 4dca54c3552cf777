/** Nodes and hosts that are the same, however the one and the other are called. */
import { describe, expect, it } from "vitest";
import { hostOfNode, nodeOfHost } from "./node-names.ts";

const hosts = (...names: string[]) => names.map((hostname) => ({ hostname }));
const nodes = (...names: string[]) => names.map((name) => ({ name }));

describe("the host of a node", () => {
  it.each([
    ["db01", "db01"],
    ["DB01", "db01"],
    ["db01.example.com", "db01"],
    ["db01", "db01.example.com"],
    ["DB01-hb.cluster.example", "db01"],
    ["db01-ring0", "db01"],
    ["db01_heartbeat", "db01"],
  ])("of %s is %s", (node, host) => {
    expect(hostOfNode(hosts("other", host, "db011", "db0"), node)?.hostname).toBe(host);
  });

  it.each(["db1", "db01x", "db", "db01-a", "hb", "db01hb"])("of %s is none", (node) => {
    expect(hostOfNode(hosts("db01", "db02"), node)).toBeUndefined();
  });

  it("is the one that is called the same, though others are alike", () => {
    expect(hostOfNode(hosts("DB01", "db01", "db01.example.com"), "db01")?.hostname).toBe("db01");
    expect(hostOfNode(hosts("db01", "db01-hb"), "DB01-hb")?.hostname).toBe("db01-hb");
  });

  it("is none where it cannot be told", () => {
    expect(hostOfNode(hosts("db01.a", "db01.b"), "db01")).toBeUndefined();
    expect(hostOfNode([], "db01")).toBeUndefined();
  });
});

it("the node of a host is found by the same", () => {
  const all = nodes("HANA-MM-hb.cluster.example", "HANA-DB1-hb.cluster.example");
  expect(nodeOfHost(all, "hana-mm")).toBe(all[0]);
  expect(nodeOfHost(all, "hana-db1")).toBe(all[1]);
  expect(nodeOfHost(all, "hana-db2")).toBeUndefined();
});
