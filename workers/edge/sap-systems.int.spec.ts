/** The lists of SAP systems and databases. */
import { beforeAll, describe, expect, it } from "vitest";
import { databasePayload, replication, sapInstance } from "../../test/agents.ts";
import { Administrator, call, outcome, unauthorized } from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";
import { payloadsOf, registeredHost, systemAt, time, times } from "./examples.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

/** What is told of any instance. */
const instance = (host_id: string, instance_number: string, features: string, sid: string) => ({
  host_id,
  instance_number,
  features,
  sid,
  instance_hostname: `sap${instance_number}`,
  http_port: 50_013,
  https_port: 50_014,
  start_priority: "1",
  status: "green",
  health: "passing",
  absent_at: null,
  stale_at: null,
  ...times,
});

const notReplicated = {
  system_replication: null,
  system_replication_status: null,
  system_replication_site: null,
  system_replication_site_id: null,
  system_replication_mode: null,
  system_replication_operation_mode: null,
  system_replication_source_site: null,
  system_replication_tier: null,
};

describe("the lists", () => {
  it.each(["sap_systems", "databases", "sap_systems/health"])("%s are empty at first", async (path) => {
    expect(await outcome(admin.call("GET", `/api/v1/${path}`))).toEqual({ status: 200, body: [] });
  });

  it.each(["sap_systems", "databases", "sap_systems/health"])("%s are for users alone", async (path) => {
    expect(await outcome(call("GET", `/api/v1/${path}`))).toEqual(unauthorized);
    const agent = await admin.agent();
    expect(await outcome(agent.call("GET", `/api/v1/${path}`))).toEqual(unauthorized);
  });

  it("show every field of a system and its database, and no other", async () => {
    const { place, below, above } = await systemAt(admin);
    const { databaseId: database_id, systemId: sap_system_id } = place;
    for (const path of [`sap_systems/${sap_system_id}`, `databases/${database_id}`]) {
      await admin.call("POST", `/api/v1/${path}/tags`, { json: { value: "prod" } });
    }
    const tag = (resource_id: string, resource_type: string) => [
      { id: expect.any(Number), value: "prod", resource_id, resource_type, ...times },
    ];
    const database_instances = [
      {
        ...instance(below.id, "00", "HDB|HDB_WORKER", "PRD"),
        database_id,
        sap_system_id: database_id,
        ...notReplicated,
      },
    ];
    await expect
      .poll(() => admin.sapSystem(sap_system_id))
      .toEqual({
        id: sap_system_id,
        sid: "NWP",
        tenant: place.tenant,
        db_host: place.address,
        health: "passing",
        ensa_version: "ensa1",
        stale_at: null,
        database_id,
        database_sid: "PRD",
        database_health: "passing",
        database_stale_at: null,
        application_instances: [
          { ...instance(above.id, "00", "MESSAGESERVER|ENQUE", "NWP"), sap_system_id },
          { ...instance(above.id, "01", "ABAP|GATEWAY|ICMAN|IGS", "NWP"), sap_system_id },
        ],
        database_instances,
        tags: tag(sap_system_id, "sap_system"),
        ...times,
      });
    expect(await admin.database(database_id)).toEqual({
      id: database_id,
      sid: "PRD",
      health: "passing",
      stale_at: null,
      database_instances,
      tags: tag(database_id, "database"),
      ...times,
    });
  });

  it("show how sites replicate, with instances ordered by number, then host", async () => {
    const { label, databaseId, tenant } = newPlace();
    const [one, other] = [await registeredHost(admin), await registeredHost(admin)];
    await one.tells("sap_system_discovery", databasePayload(label, [tenant], replication("primary", 1)));
    const [secondary] = databasePayload(label, [tenant], replication("sync", 2));
    const third = { ...sapInstance("03", "HDB|HDB_WORKER", "RED"), ...replication("sync", 2) };
    const Instances = [third, ...(secondary?.Instances ?? [])];
    await other.tells("sap_system_discovery", [{ ...secondary, Instances }]);
    await expect.poll(async () => (await admin.database(databaseId))?.database_instances.length).toBe(3);
    const shown = await admin.database(databaseId);
    expect(shown?.health).toBe("critical");
    expect(
      shown?.database_instances.map(({ instance_number, host_id }) => [instance_number, host_id]),
    ).toEqual([...[one.id, other.id].toSorted().map((id) => ["00", id]), ["03", other.id]]);
    expect(shown?.database_instances.find(({ host_id }) => host_id === other.id)).toMatchObject({
      system_replication: "Secondary",
      system_replication_status: "ACTIVE",
      system_replication_site: "Site2",
      system_replication_site_id: 2,
      system_replication_mode: "sync",
      system_replication_operation_mode: "logreplay",
      system_replication_source_site: "Site1",
      system_replication_tier: 2,
    });
    expect(shown?.database_instances.at(-1)).toMatchObject({ status: "red", health: "critical" });
  });

  it("are ordered by SID", async () => {
    const sids = ["OC", "OA", "O9", "OB"];
    for (const SID of sids) {
      const place = newPlace();
      const [below, above] = [await registeredHost(admin, place.address), await registeredHost(admin)];
      const { database, application } = payloadsOf(place);
      await below.tells(
        "sap_system_discovery",
        database.map((one) => ({ ...one, SID })),
      );
      await above.tells(
        "sap_system_discovery",
        application.map((one) => ({ ...one, SID })),
      );
    }
    const ours = (list: { sid: string }[]) => list.map(({ sid }) => sid).filter((sid) => sids.includes(sid));
    await expect.poll(async () => ours(await admin.sapSystems())).toEqual(sids.toSorted());
    await expect.poll(async () => ours(await admin.databases())).toEqual(sids.toSorted());
  });

  it("show each system the instances of its own database", async () => {
    const [one, other] = [await systemAt(admin), await systemAt(admin)];
    for (const { place, below, above } of [one, other]) {
      const system = await admin.sapSystem(place.systemId);
      expect(system?.database_instances.map(({ host_id }) => host_id)).toEqual([below.id]);
      expect(new Set(system?.application_instances.map(({ host_id }) => host_id))).toEqual(
        new Set([above.id]),
      );
    }
  });

  it("hide a system of which too little is there", async () => {
    const place = newPlace();
    const [below, above] = [await registeredHost(admin, place.address), await registeredHost(admin)];
    const { database, application } = payloadsOf(place);
    await below.tells("sap_system_discovery", database);
    const alone = application.map((one) => ({ ...one, Instances: one.Instances.slice(1) }));
    await above.tells("sap_system_discovery", alone);
    await expect.poll(() => admin.database(place.databaseId)).toBeDefined();
    expect(await admin.sapSystem(place.systemId)).toBeUndefined();
    expect(await admin.healthSummary(place.systemId)).toBeUndefined();
    await above.tells("sap_system_discovery", application);
    await expect.poll(() => admin.sapSystem(place.systemId)).toMatchObject({ sid: "NWP" });
  });

  it("tell since when an instance is absent", async () => {
    const { place, above, application } = await systemAt(admin);
    const fewer = application.map((one) => ({ ...one, Instances: one.Instances.slice(0, 1) }));
    await above.tells("sap_system_discovery", fewer);
    const absences = async () =>
      (await admin.sapSystem(place.systemId))?.application_instances.map(({ absent_at }) => absent_at);
    await expect.poll(absences).toEqual([null, time]);
    await above.tells("sap_system_discovery", application);
    await expect.poll(absences).toEqual([null, null]);
  });
});
