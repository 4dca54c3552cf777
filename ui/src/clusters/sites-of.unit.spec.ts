/** Which site a node is shown at. */
import { describe, expect, it } from "vitest";
import { type HanaNodeView, sitesOf } from "./sites-of.ts";

function node(name: string, site: string): HanaNodeView {
  return {
    name,
    site,
    hana_status: "Unknown",
    attributes: {},
    virtual_ip: null,
    nameserver_actual_role: "",
    indexserver_actual_role: "",
    status: "Online",
    is_majority_maker: site === "",
    resources: [],
  };
}

const wdf = { name: "WDF", state: "Secondary", sr_health_state: "4" } as const;
const nbg = { name: "NBG", state: "Primary", sr_health_state: "4" } as const;

describe("the sites of a HANA cluster", () => {
  it("are told from the primary on, each once and with its nodes", () => {
    const nodes = [node("one", "WDF"), node("two", "NBG"), node("three", "NBG")];
    const { sites, others } = sitesOf({ sites: [wdf, nbg, nbg], nodes });
    expect(sites.map(({ site, nodes: own }) => [site.name, own.map(({ name }) => name)])).toEqual([
      ["NBG", ["two", "three"]],
      ["WDF", ["one"]],
    ]);
    expect(others).toEqual([]);
  });

  it("leave out no node, wherever it belongs to", () => {
    const majorityMaker = node("maker", "");
    const elsewhere = node("else", "XXX");
    expect(sitesOf({ sites: [nbg], nodes: [majorityMaker, elsewhere] }).others).toEqual([
      majorityMaker,
      elsewhere,
    ]);
  });

  it("may be without a node", () => {
    expect(sitesOf({ sites: [nbg], nodes: [] }).sites).toEqual([{ site: nbg, nodes: [] }]);
  });
});
