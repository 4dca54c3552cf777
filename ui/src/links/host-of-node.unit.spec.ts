/** Which host a node is taken for. */
import { describe, expect, it } from "vitest";
import { hostExample } from "../hosts/host-example.ts";
import { hostOfNode } from "./host-of-node.ts";

const here = crypto.randomUUID();
const elsewhere = crypto.randomUUID();

const host = (hostname: string, cluster_id: string | null) =>
  hostExample({ id: crypto.randomUUID(), hostname, cluster_id });

describe("the host of a node", () => {
  it("is the one of the cluster, though others are called the same", () => {
    const hosts = [host("node01", elsewhere), host("node01", here), host("node02", here)];
    expect(hostOfNode(hosts, "node01", here)).toBe(hosts[1]);
  });

  it("is the only one of that name when none is in the cluster", () => {
    const hosts = [host("node01", null), host("node02", here)];
    expect(hostOfNode(hosts, "node01", here)).toBe(hosts[0]);
  });

  it("is a member that is called the same but for case, domain and network", () => {
    const hosts = [host("node01", here), host("node02", here), host("NODE03-hb", null)];
    expect(hostOfNode(hosts, "NODE02-hb.cluster.example", here)).toBe(hosts[1]);
    expect(hostOfNode(hosts, "node03", here)).toBeUndefined();
  });

  it("is none when it cannot be told, or is not known", () => {
    const hosts = [host("node01", elsewhere), host("node01", null)];
    expect(hostOfNode(hosts, "node01", here)).toBeUndefined();
    expect(hostOfNode(hosts, "node03", here)).toBeUndefined();
  });
});
