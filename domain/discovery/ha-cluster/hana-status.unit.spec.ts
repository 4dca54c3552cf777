/** Whether a node or a site is the primary, the secondary or has failed. */
import { describe, expect, it } from "vitest";
import { angi, hanaOf, node, scaleOut, scaleUp } from "./examples.spec.ts";

type Values = Readonly<Record<string, string>>;

/** Role, state of the replication (null: not written), status. */
const combinations = [
  ["P", "PRIM", "Primary"],
  ["P", "SOK", "Failed"],
  ["P", "SFAIL", "Failed"],
  ["P", "SWAIT", "Failed"],
  ["P", "Unknown", "Unknown"],
  ["P", null, "Unknown"],
  ["S", "PRIM", "Failed"],
  ["S", "SOK", "Secondary"],
  ["S", "SFAIL", "Failed"],
  ["S", "SWAIT", "Failed"],
  ["S", "Unknown", "Unknown"],
  ["S", null, "Unknown"],
  ["Unknown", "PRIM", "Unknown"],
  ["Unknown", "SOK", "Unknown"],
  ["Unknown", "SFAIL", "Unknown"],
  ["Unknown", "Unknown", "Unknown"],
  ["Unknown", null, "Unknown"],
  ["X", "PRIM", "Unknown"],
  ["X", "SOK", "Unknown"],
  ["D", "SFAIL", "Unknown"],
  [null, "PRIM", "Unknown"],
  [null, "SOK", "Unknown"],
  [null, "SFAIL", "Unknown"],
  [null, "Unknown", "Unknown"],
  [null, null, "Unknown"],
] as const;

const written = (name: string, value: string | null): Values => (value === null ? {} : { [name]: value });

describe("classic scale-up, by the attributes of the node", () => {
  it.each(combinations)("role %s, state %s: %s", (role, sync, status) => {
    const one = {
      hana_prd_site: "NBG",
      ...written("hana_prd_roles", role && `4:${role}:master1:master:worker:master`),
      ...written("hana_prd_sync_state", sync),
    };
    const { nodes, sites } = hanaOf(scaleUp({ attributes: { one } }));
    expect(nodes.map((each) => each.hana_status)).toEqual([status, "Unknown"]);
    expect(sites.map((each) => each.state)).toEqual([status]);
  });

  it("is unknown where the roles have no second part", () => {
    const attributes = { one: { hana_prd_roles: "P", hana_prd_sync_state: "PRIM" } };
    expect(hanaOf(scaleUp({ attributes })).nodes[0]?.hana_status).toBe("Unknown");
  });

  it("does not look at the properties of the site", () => {
    const properties = {
      hana_prd_site_srr_NBG: "P",
      hana_prd_site_srHook_NBG: "PRIM",
      hana_prd_site_srPoll_NBG: "PRIM",
    };
    const attributes = { one: { hana_prd_site: "NBG" } };
    expect(hanaOf(scaleUp({ attributes, properties })).nodes[0]?.hana_status).toBe("Unknown");
  });
});

/** Status of the node at the site of NBG, and of the site itself. */
function atNuremberg(payload: unknown): (string | undefined)[] {
  const { nodes, sites } = hanaOf(payload);
  return [nodes[0]?.hana_status, sites.find(({ name }) => name === "NBG")?.state];
}

describe("classic scale-out, by the properties of the site", () => {
  const both = { hana_prd_site_lss_NBG: "4", hana_prd_site_lss_WDF: "4" };
  const withHook = combinations.filter(([, sync]) => sync !== null);

  it.each(withHook)("role %s, hook %s: %s", (role, sync, status) => {
    const properties = {
      ...both,
      hana_prd_glob_prim: "NBG",
      hana_prd_glob_sync_state: "SOK",
      ...written("hana_prd_site_srr_NBG", role),
      ...written("hana_prd_site_srHook_NBG", sync),
    };
    expect(atNuremberg(scaleOut({ properties }))).toEqual([status, status]);
  });

  it.each(combinations)("secondary without a hook, role %s, global state %s: %s", (role, sync, status) => {
    const properties = {
      ...both,
      hana_prd_glob_prim: "WDF",
      ...written("hana_prd_site_srr_NBG", role),
      ...written("hana_prd_glob_sync_state", sync),
    };
    expect(atNuremberg(scaleOut({ properties }))).toEqual([status, status]);
  });

  it.each([
    ["P", "Primary"],
    ["S", "Failed"],
    ["Unknown", "Unknown"],
    [null, "Unknown"],
  ])("primary without a hook, role %s: %s, as if its state were PRIM", (role, status) => {
    for (const global of ["SOK", "SFAIL", "Unknown"]) {
      const properties = {
        ...both,
        hana_prd_glob_prim: "NBG",
        hana_prd_glob_sync_state: global,
        ...written("hana_prd_site_srr_NBG", role),
      };
      expect(atNuremberg(scaleOut({ properties }))).toEqual([status, status]);
    }
  });

  it("is unknown for a node without a site", () => {
    const properties = { ...both, hana_prd_glob_prim: "NBG", hana_prd_site_srr_NBG: "P" };
    const { nodes } = hanaOf(scaleOut({ properties, attributes: {} }));
    expect(nodes.map((each) => [each.site, each.hana_status])).toEqual([
      [null, "Unknown"],
      [null, "Unknown"],
    ]);
  });
});

describe.each(["ScaleUp", "ScaleOut"] as const)(
  "SAPHanaSR-angi, %s, by the properties of the site",
  (topology) => {
    it.each(combinations)("role %s, poll %s: %s", (role, sync, status) => {
      const properties = {
        hana_prd_site_lss_NBG: "4",
        hana_prd_glob_prim: "NBG",
        hana_prd_glob_sync_state: "SOK",
        hana_prd_site_srHook_NBG: "SOK",
        ...written("hana_prd_site_srr_NBG", role),
        ...written("hana_prd_site_srPoll_NBG", sync),
      };
      expect(atNuremberg(angi(topology, { properties }))).toEqual([status, status]);
    });
  },
);

describe("the sites of classic scale-up", () => {
  it("are those of the nodes that have one, each with the health of its roles", () => {
    const attributes = {
      one: {
        hana_prd_site: "NBG",
        hana_prd_roles: "4:P:master1:master:worker:master",
        hana_prd_sync_state: "PRIM",
      },
      two: { hana_prd_site: "WDF", hana_prd_roles: "1:S:master1::worker:", hana_prd_sync_state: "SFAIL" },
      three: { hana_prd_roles: "4:S:master1:master:worker:master" },
    };
    const nodes = ["one", "two", "three"].map((name) => node(name));
    expect(hanaOf(scaleUp({ attributes, nodes })).sites).toEqual([
      { name: "NBG", state: "Primary", sr_health_state: "4" },
      { name: "WDF", state: "Failed", sr_health_state: "1" },
    ]);
  });
});

describe.each([
  ["classic scale-out", (properties: Values) => scaleOut({ properties })],
  ["angi scale-up", (properties: Values) => angi("ScaleUp", { properties })],
  ["angi scale-out", (properties: Values) => angi("ScaleOut", { properties })],
] as const)("the sites of %s", (_, payload) => {
  const sites = (properties: Values) => hanaOf(payload(properties)).sites;
  const roles = {
    hana_prd_site_srr_NBG: "P",
    hana_prd_site_srHook_NBG: "PRIM",
    hana_prd_site_srPoll_NBG: "PRIM",
    hana_prd_site_srr_WDF: "S",
    hana_prd_site_srHook_WDF: "SOK",
    hana_prd_site_srPoll_WDF: "SOK",
  };

  it("are the primary and the first other, in this order", () => {
    const properties = { hana_prd_site_lss_WDF: "3", hana_prd_site_lss_NBG: "4", hana_prd_site_lss_BER: "1" };
    expect(sites({ ...properties, ...roles, hana_prd_glob_prim: "NBG" })).toEqual([
      { name: "NBG", state: "Primary", sr_health_state: "4" },
      { name: "WDF", state: "Secondary", sr_health_state: "3" },
    ]);
    expect(sites({ ...properties, hana_prd_glob_prim: "BER" }).map(({ name }) => name)).toEqual([
      "BER",
      "WDF",
    ]);
  });

  it("have an unknown health where none is written", () => {
    const [primary] = sites({ ...roles, hana_prd_glob_prim: "NBG" });
    expect(primary).toEqual({ name: "NBG", state: "Primary", sr_health_state: "Unknown" });
  });

  // The facts say [primary, secondary], either of them "Unknown" when it is not written.
  it("are two, even if they are unknown", () => {
    const unknown = { name: "Unknown", state: "Unknown", sr_health_state: "Unknown" };
    expect(sites({})).toEqual([unknown, unknown]);
  });
  it("are two, even if the secondary is unknown", () => {
    const names = sites({ hana_prd_glob_prim: "NBG", hana_prd_site_lss_NBG: "4" }).map(({ name }) => name);
    expect(names).toEqual(["NBG", "Unknown"]);
  });
});
