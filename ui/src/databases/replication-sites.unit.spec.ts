/** Which sites a database has. */
import { describe, expect, it } from "vitest";
import { databaseInstanceExample } from "../instances/instance-example.ts";
import { replicationSites } from "./replication-sites.ts";

const primary = databaseInstanceExample({
  system_replication: "Primary",
  system_replication_status: "ACTIVE",
  system_replication_site: "WDF",
  system_replication_mode: "primary",
  system_replication_operation_mode: "primary",
  system_replication_tier: 1,
});
const secondary = databaseInstanceExample({
  system_replication: "Secondary",
  system_replication_site: "NBG",
  system_replication_mode: "sync",
  system_replication_operation_mode: "logreplay",
  system_replication_source_site: "WDF",
  system_replication_tier: 2,
});

describe("the sites of a database", () => {
  it("are none when it is not replicated", () => {
    expect(replicationSites([databaseInstanceExample()])).toEqual([]);
  });

  it("are told once each, in the order of their tiers", () => {
    expect(replicationSites([secondary, primary, { ...secondary, instance_number: "01" }])).toEqual([
      {
        name: "WDF",
        role: "Primary",
        tier: 1,
        status: "ACTIVE",
        mode: "primary",
        operationMode: "primary",
        source: null,
        instances: 1,
      },
      {
        name: "NBG",
        role: "Secondary",
        tier: 2,
        status: null,
        mode: "sync",
        operationMode: "logreplay",
        source: "WDF",
        instances: 2,
      },
    ]);
  });

  it("come last when their tier is not known yet", () => {
    const unknown = { ...secondary, system_replication_site: "AAA", system_replication_tier: null };
    expect(replicationSites([unknown, secondary, primary]).map(({ name }) => name)).toEqual([
      "WDF",
      "NBG",
      "AAA",
    ]);
  });

  it("are as the instances say that are there", () => {
    const absent = { ...secondary, absent_at: "2026-01-01T00:00:00.000Z", system_replication_mode: "async" };
    expect(replicationSites([absent, secondary])).toMatchObject([{ mode: "sync", instances: 2 }]);
  });
});
