/** Tags of every kind of resource: the rules are those of hosts' tags, each kind's tags are its own. */
import { beforeAll, describe, expect, it } from "vitest";
import { scaleUp } from "../../domain/discovery/ha-cluster/examples.spec.ts";
import {
  Administrator,
  call,
  done,
  forbidden,
  invalid,
  notFound,
  outcome,
  refused,
  signInReader,
  unauthorized,
} from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";
import { registeredHost, systemAt } from "./examples.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

const created = (value: string) => ({ status: 201, body: { value } });

/** By kind: how one is made that is listed, and how it is looked up. */
const kinds = {
  hosts: {
    type: "host",
    make: async () => (await registeredHost(admin)).id,
    find: (id: string) => admin.host(id),
  },
  clusters: {
    type: "cluster",
    make: async () => {
      const { label, clusterId } = newPlace();
      const agent = await registeredHost(admin);
      await agent.tells("ha_cluster_discovery", scaleUp({ top: { Id: label } }));
      return clusterId;
    },
    find: (id: string) => admin.cluster(id),
  },
  sap_systems: {
    type: "sap_system",
    make: async () => (await systemAt(admin)).place.systemId,
    find: (id: string) => admin.sapSystem(id),
  },
  databases: {
    type: "database",
    make: async () => (await systemAt(admin)).place.databaseId,
    find: (id: string) => admin.database(id),
  },
} as const;

describe.each(["hosts", "clusters", "sap_systems", "databases"] as const)("tags of %s", (kind) => {
  const { type, make, find } = kinds[kind];
  const path = (id: string) => `/api/v1/${kind}/${id}/tags`;
  const add = (id: string, json: unknown) => outcome(admin.call("POST", path(id), { json }));
  const remove = (id: string, value: string) => outcome(admin.call("DELETE", `${path(id)}/${value}`));
  const valuesOf = async (id: string) => (await find(id))?.tags.map(({ value }) => value);

  it("are added, trimmed, once, shown in order, and removed", async () => {
    const id = await make();
    await expect.poll(() => valuesOf(id)).toEqual([]);
    expect(await add(id, { value: " prod\n" })).toEqual(created("prod"));
    expect(await add(id, { value: "prod" })).toEqual(created("prod"));
    expect(await add(id.toUpperCase(), { value: "größe=eu" })).toEqual(created("größe=eu"));
    expect(await valuesOf(id)).toEqual(["größe=eu", "prod"]);
    const shown = (await find(id))?.tags ?? [];
    expect(shown.every((tag) => tag.resource_type === type && tag.resource_id === id)).toBe(true);
    expect(await remove(id, "prod")).toEqual(done);
    expect(await remove(id, "prod")).toEqual(notFound);
    expect(await valuesOf(id)).toEqual(["größe=eu"]);
    expect(await remove(id, encodeURIComponent("größe=eu"))).toEqual(done);
    expect(await valuesOf(id)).toEqual([]);
  });

  it("are taken for what nobody has registered, and are those of this kind alone", async () => {
    const id = crypto.randomUUID();
    expect(await add(id, { value: "prod" })).toEqual(created("prod"));
    for (const other of ["hosts", "clusters", "sap_systems", "databases"]) {
      if (other === kind) continue;
      expect(await outcome(admin.call("DELETE", `/api/v1/${other}/${id}/tags/prod`)), other).toEqual(
        notFound,
      );
    }
    expect(await remove(id, "prod")).toEqual(done);
  });

  it("are refused when they are none, with the field that is wrong", async () => {
    const id = crypto.randomUUID();
    for (const value of ["", " \t"]) {
      expect(await add(id, { value })).toEqual(invalid(["/value", "can't be blank"]));
    }
    for (const value of ["two words", "a/b", "😀"]) {
      expect(await add(id, { value })).toEqual(invalid(["/value", "has invalid format"]));
    }
    expect(await add(id, { value: "a\u0000" })).toEqual(
      invalid(["/value", "must not hold control characters"]),
    );
    for (const value of [5, null, ["prod"], {}]) {
      expect(await add(id, { value })).toEqual(invalid(["/value", "is invalid"]));
    }
    expect(await add(id, { value: "x".repeat(257) })).toEqual(
      invalid(["/value", "should be at most 256 characters"]),
    );
    expect(await add(id, {})).toEqual(invalid(["/value", "Missing field: value"]));
    expect(await add(id, { value: "a", colour: "red" })).toEqual(
      invalid(["/colour", "Unexpected field: colour"]),
    );
    for (const json of [[], 5, null, "prod"]) expect((await add(id, json)).status).toBe(422);
    const raw = `{"value":"a","__proto__":{"value":"b"}}`;
    expect(await outcome(admin.call("POST", path(id), { raw }))).toEqual(
      invalid(["/__proto__", "Unexpected field: __proto__"]),
    );
    expect(await outcome(admin.call("POST", path(id), { raw: "{" }))).toEqual(
      refused(400, "Bad Request", "Malformed JSON in request body"),
    );
    expect((await admin.call("POST", path(id), { raw: `"${"x".repeat(200_000)}"` })).status).toBe(413);
  });

  it("are refused for what is no UUID", async () => {
    const wrong = invalid(["/id", "has invalid format"]);
    for (const id of ["5", "__proto__", `${crypto.randomUUID()}x`, "x".repeat(5_000)]) {
      expect(await add(id, { value: "prod" })).toEqual(wrong);
      expect(await remove(id, "prod")).toEqual(wrong);
    }
    expect((await remove(crypto.randomUUID(), "x".repeat(5_000))).status).toBe(422);
  });

  it("are for users with the ability alone", async () => {
    const reader = await signInReader();
    const id = crypto.randomUUID();
    const asked = { json: { value: "prod" } };
    expect(await outcome(reader("POST", path(id), asked))).toEqual(forbidden);
    expect(await outcome(reader("DELETE", `${path(id)}/prod`))).toEqual(forbidden);
    expect(await outcome(call("POST", path(id), asked))).toEqual(unauthorized);
    expect(await outcome(call("DELETE", `${path(id)}/prod`))).toEqual(unauthorized);
  });
});
