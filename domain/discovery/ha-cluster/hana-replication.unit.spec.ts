/** How a database replicates, as its cluster tells it: three ways to write it down. */
import { describe, expect, it } from "vitest";
import { angi, hanaOf, node, scaleOut, scaleUp } from "./examples.spec.ts";

type Values = Readonly<Record<string, string>>;

function replication(payload: unknown): string[] {
  const details = hanaOf(payload);
  return [
    details.system_replication_mode,
    details.system_replication_operation_mode,
    details.secondary_sync_state,
    details.sr_health_state,
  ];
}

describe("classic scale-up, by the attributes of its nodes", () => {
  const of = (one: Values, two: Values) => replication(scaleUp({ attributes: { one, two } }));
  const primary = { hana_prd_roles: "2:P:master1:master:worker:master", hana_prd_sync_state: "PRIM" };
  const secondary = { hana_prd_roles: "3:S:master1:master:worker:master", hana_prd_sync_state: "SOK" };

  it("is unknown without any", () => {
    expect(of({}, {})).toEqual(["Unknown", "Unknown", "Unknown", "Unknown"]);
    expect(replication(scaleUp({ attributes: {} }))).toEqual(["Unknown", "Unknown", "Unknown", "Unknown"]);
    expect(replication(scaleUp({ nodes: [] }))).toEqual(["Unknown", "Unknown", "Unknown", "Unknown"]);
  });

  it("has the modes of the first node that tells", () => {
    const modes = { hana_prd_srmode: "syncmem", hana_prd_op_mode: "delta_datashipping" };
    const others = { hana_prd_srmode: "async", hana_prd_op_mode: "logreplay" };
    expect(of(modes, others).slice(0, 2)).toEqual(["syncmem", "delta_datashipping"]);
    expect(of({}, others).slice(0, 2)).toEqual(["async", "logreplay"]);
    expect(of({ hana_prd_srmode: "", hana_prd_op_mode: "" }, others).slice(0, 2)).toEqual([
      "async",
      "logreplay",
    ]);
    expect(of({ hana_prd_srmode: "sync" }, others).slice(0, 2)).toEqual(["sync", "logreplay"]);
  });

  it("has the state and the health of the secondary", () => {
    expect(of(primary, secondary).slice(2)).toEqual(["SOK", "3"]);
    expect(of(secondary, primary).slice(2)).toEqual(["SOK", "3"]);
  });

  it("has those of the first that is secondary or failed", () => {
    const failed = { ...secondary, hana_prd_roles: "1:S:master1::worker:", hana_prd_sync_state: "SFAIL" };
    expect(of(primary, failed).slice(2)).toEqual(["SFAIL", "1"]);
    expect(of(failed, secondary).slice(2)).toEqual(["SFAIL", "1"]);
    expect(of(secondary, failed).slice(2)).toEqual(["SOK", "3"]);
    const failedPrimary = { ...primary, hana_prd_sync_state: "SFAIL" };
    expect(of(failedPrimary, secondary).slice(2)).toEqual(["SFAIL", "2"]);
  });

  it("has none while no node is either", () => {
    expect(of(primary, {}).slice(2)).toEqual(["Unknown", "Unknown"]);
    expect(of(primary, primary).slice(2)).toEqual(["Unknown", "Unknown"]);
  });

  it("does not look at the properties of the cluster", () => {
    const properties = {
      hana_prd_glob_srmode: "sync",
      hana_prd_glob_op_mode: "logreplay",
      hana_prd_glob_prim: "NBG",
    };
    expect(replication(scaleUp({ attributes: {}, properties }))).toEqual(Array(4).fill("Unknown"));
  });
});

describe("classic scale-out, by the properties of the cluster", () => {
  const of = (properties: Values) => replication(scaleOut({ properties }));

  it("has the agents' own modes where nothing is written", () => {
    expect(of({})).toEqual(["sync", "logreplay", "Unknown", "Unknown"]);
  });

  it("has what is written for all sites", () => {
    expect(
      of({
        hana_prd_glob_srmode: "syncmem",
        hana_prd_glob_op_mode: "delta_datashipping",
        hana_prd_glob_sync_state: "SFAIL",
        hana_prd_site_srMode_NBG: "async",
        hana_prd_site_opMode_NBG: "other",
        hana_prd_glob_prim: "NBG",
      }),
    ).toEqual(["syncmem", "delta_datashipping", "SFAIL", "Unknown"]);
  });
});

describe.each([["ScaleUp"], ["ScaleOut"]] as const)(
  "SAPHanaSR-angi, %s, by the properties of the sites",
  (topology) => {
    const of = (properties: Values) => replication(angi(topology, { properties }));

    it("has the agents' own modes where nothing is written", () => {
      expect(of({})).toEqual(["sync", "logreplay", "Unknown", "Unknown"]);
    });

    it("has the modes of the primary, and the state of the secondary", () => {
      expect(
        of({
          hana_prd_glob_prim: "NBG",
          hana_prd_site_lss_NBG: "4",
          hana_prd_site_lss_WDF: "3",
          hana_prd_site_srMode_NBG: "syncmem",
          hana_prd_site_srMode_WDF: "async",
          hana_prd_site_opMode_NBG: "delta_datashipping",
          hana_prd_site_opMode_WDF: "logreplay_readaccess",
          hana_prd_site_srPoll_NBG: "PRIM",
          hana_prd_site_srPoll_WDF: "SFAIL",
          hana_prd_glob_srmode: "other",
          hana_prd_glob_op_mode: "other",
          hana_prd_glob_sync_state: "other",
        }),
      ).toEqual(["syncmem", "delta_datashipping", "SFAIL", "3"]);
    });

    it("does not take the modes of the secondary for those of the primary", () => {
      const properties = {
        hana_prd_glob_prim: "NBG",
        hana_prd_site_srMode_WDF: "async",
        hana_prd_site_opMode_WDF: "x",
      };
      expect(of(properties).slice(0, 2)).toEqual(["sync", "logreplay"]);
    });
  },
);

describe.each([
  ["classic scale-out", (properties: Values) => scaleOut({ properties })],
  ["angi", (properties: Values) => angi("ScaleUp", { properties })],
] as const)("the health of the secondary in %s", (_, payload) => {
  const health = (properties: Values) => hanaOf(payload(properties)).sr_health_state;
  const both = { hana_prd_site_lss_NBG: "4", hana_prd_site_lss_WDF: "3" };

  it("is that of the site that is written as secondary", () => {
    const third = { ...both, hana_prd_site_lss_BER: "1", hana_prd_glob_prim: "NBG" };
    expect(health({ ...third, hana_prd_glob_sec: "BER" })).toBe("1");
    expect(health({ ...third, hana_prd_glob_sec: "WDF" })).toBe("3");
  });

  it("is that of the first other site, where none is written", () => {
    expect(health({ ...both, hana_prd_glob_prim: "NBG" })).toBe("3");
    expect(health({ ...both, hana_prd_glob_prim: "WDF" })).toBe("4");
  });

  it("is that of any site while no primary is written", () => {
    expect(health(both)).toBe("4");
  });

  it("is unknown where the secondary has none", () => {
    expect(health({ ...both, hana_prd_glob_prim: "NBG", hana_prd_glob_sec: "-" })).toBe("Unknown");
    expect(health({ hana_prd_site_lss_NBG: "4", hana_prd_glob_prim: "NBG" })).toBe("Unknown");
  });

  it("is not that of another database", () => {
    expect(health({ hana_qas_site_lss_NBG: "4", hana_qas_site_lss_WDF: "4" })).toBe("Unknown");
  });
});

describe("a cluster without nodes", () => {
  it("has details all the same", () => {
    expect(hanaOf(scaleOut({ nodes: [] })).nodes).toEqual([]);
    expect(hanaOf(scaleUp({ nodes: [node("one")], attributes: {} })).nodes).toHaveLength(1);
  });
});
