/** What is told of instances in common. */
import { describe, expect, it } from "vitest";
import { databaseExample } from "../databases/database-example.ts";
import { sapSystemExample } from "../sap-systems/sap-system-example.ts";
import { featuresOf, hostIdsOf, inOrder } from "./instance.ts";
import { applicationInstanceExample, databaseInstanceExample } from "./instance-example.ts";
import { instancesOnHost } from "./instances-on-host.ts";

describe("instances", () => {
  it("tell their features one by one", () => {
    expect(featuresOf("ABAP|GATEWAY| ICMAN")).toEqual(["ABAP", "GATEWAY", "ICMAN"]);
    expect(featuresOf("")).toEqual([]);
  });

  it("are in the order of their numbers, then of their hosts", () => {
    const instance = (instance_number: string, instance_hostname: string | null) =>
      applicationInstanceExample({ instance_number, instance_hostname });
    const unordered = [instance("10", "a"), instance("00", "b"), instance("00", "a"), instance("00", null)];
    expect(
      inOrder(unordered).map(({ instance_number: nr, instance_hostname: name }) => `${nr} ${name}`),
    ).toEqual(["00 null", "00 a", "00 b", "10 a"]);
  });

  it("are on hosts, each of which is told once", () => {
    const on = (host_id: string) => applicationInstanceExample({ host_id });
    expect(hostIdsOf([on("a"), on("b"), on("a")])).toEqual(new Set(["a", "b"]));
  });

  it("of a host are told with what they are part of, those of databases first", () => {
    const here = applicationInstanceExample({ host_id: "here" });
    const there = applicationInstanceExample({ host_id: "there" });
    const data = databaseInstanceExample({ host_id: "here" });
    const system = sapSystemExample({ application_instances: [there, here], database_instances: [data] });
    const database = databaseExample({ database_instances: [data] });
    expect(instancesOnHost("here", [system], [database])).toEqual([
      { owners: "databases", ownerId: database.id, instance: data },
      { owners: "sap_systems", ownerId: system.id, instance: here },
    ]);
  });
});
