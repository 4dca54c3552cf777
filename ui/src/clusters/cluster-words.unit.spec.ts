/** What is said of clusters. */
import { describe, expect, it } from "vitest";
import { clusterTypeSchema } from "../../../domain/cluster/details.ts";
import { clusterExample } from "./cluster-example.ts";
import {
  clusterName,
  parentInWords,
  replicationHealthInWords,
  sidsOf,
  stateInWords,
  typeInWords,
} from "./cluster-words.ts";

describe("a cluster", () => {
  it.each([null, ""])("that is called %j is called by its id", (name) => {
    const cluster = clusterExample({ name });
    expect(clusterName(cluster)).toBe(cluster.id);
  });

  it("is called by its name when it has one", () => {
    expect(clusterName(clusterExample({ name: "hana" }))).toBe("hana");
  });

  it("has the SIDs of its database and its applications, each once", () => {
    expect(sidsOf({ sid: "HDP", additional_sids: ["NWP", "HDP"] })).toEqual(["HDP", "NWP"]);
    expect(sidsOf({ sid: "", additional_sids: [] })).toEqual([]);
  });
});

describe("words", () => {
  it("are other ones for every type", () => {
    const types = clusterTypeSchema.options;
    expect(new Set(types.map(typeInWords)).size).toBe(types.length);
  });

  it("are those of the field", () => {
    expect(stateInWords("S_IDLE")).toBe("Idle");
    expect(replicationHealthInWords("4")).toBe("Ok (4)");
    expect(replicationHealthInWords("Unknown")).toBe("Unknown");
    expect([null, true, false].map((multi_state) => parentInWords({ multi_state }))).toEqual([
      "group",
      "promotable clone",
      "clone",
    ]);
  });
});
