/** Which checks are run on hosts and clusters. */
import { beforeAll, describe, expect, it } from "vitest";
import { scaleUp } from "../../domain/discovery/ha-cluster/examples.spec.ts";
import { hostPayload } from "../../test/agents.ts";
import {
  Administrator,
  type ApiAgent,
  accepted,
  call,
  forbidden,
  invalid,
  notFound,
  outcome,
  refused,
  signInReader,
  unauthorized,
} from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";
import { registeredHost } from "./examples.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

interface Registered {
  readonly id: string;
  readonly agent: ApiAgent;
  readonly find: () => Promise<{ readonly selected_checks: readonly string[] } | undefined>;
  /** Tells that its name has changed. */
  readonly rediscover: () => Promise<void>;
  readonly renamed: object;
}

/** One of each kind that is registered. */
const kinds: Readonly<Record<"hosts" | "clusters", () => Promise<Registered>>> = {
  hosts: async () => {
    const agent = await registeredHost(admin);
    return {
      id: agent.id,
      agent,
      find: () => admin.host(agent.id),
      rediscover: () => agent.tells("host_discovery", { ...hostPayload, cpu_count: 64, hostname: "renamed" }),
      renamed: { hostname: "renamed" },
    };
  },
  clusters: async () => {
    const { label, clusterId } = newPlace();
    const agent = await registeredHost(admin);
    const discover = (Name: string) =>
      agent.tells("ha_cluster_discovery", scaleUp({ top: { Id: label, Name } }));
    await discover("before");
    return {
      id: clusterId,
      agent,
      find: () => admin.cluster(clusterId),
      rediscover: () => discover("renamed"),
      renamed: { name: "renamed" },
    };
  },
};

describe.each(["hosts", "clusters"] as const)("POST /api/v1/%s/:id/checks", (kind) => {
  const path = (id: string) => `/api/v1/${kind}/${id}/checks`;
  const select = (id: string, json: unknown) => outcome(admin.call("POST", path(id), { json }));

  it("selects, selects others, and selects none", async () => {
    const { id, find } = await kinds[kind]();
    const selected = async () => (await find())?.selected_checks;
    await expect.poll(selected).toEqual([]);
    for (const checks of [["156F64", "A1244C"], ["A1244C"], ["größe", "__proto__"], []]) {
      expect(await select(id, { checks })).toEqual(accepted);
      await expect.poll(selected).toEqual(checks);
    }
    expect(await select(id.toUpperCase(), { checks: ["A"] })).toEqual(accepted);
    await expect.poll(selected).toEqual(["A"]);
  });

  it("holds over the next discoveries", async () => {
    const { id, find, rediscover, renamed } = await kinds[kind]();
    await select(id, { checks: ["156F64"] });
    await rediscover();
    await expect.poll(find).toMatchObject({ ...renamed, selected_checks: ["156F64"] });
  });

  it("answers 404 for what is not registered, or gone", async () => {
    expect(await select(crypto.randomUUID(), { checks: [] })).toEqual(notFound);
    const { id, agent } = await kinds[kind]();
    await admin.call("DELETE", `/api/v1/hosts/${agent.id}`);
    await expect.poll(() => select(id, { checks: ["A"] })).toEqual(notFound);
  });

  it("wants a list of checks and nothing else", async () => {
    const id = crypto.randomUUID();
    for (const checks of ["A", 5, null, {}, true])
      expect(await select(id, { checks })).toEqual(invalid(["/checks", "is invalid"]));
    for (const check of [5, null, {}, ["A"]]) {
      expect(await select(id, { checks: ["A", check] })).toEqual(invalid(["/checks/1", "is invalid"]));
    }
    expect(await select(id, { checks: ["x".repeat(257)] })).toEqual(
      invalid(["/checks/0", "should be at most 256 characters"]),
    );
    expect(await select(id, { checks: Array.from({ length: 5_001 }, () => "A") })).toEqual(
      invalid(["/checks", "should have at most 5000 items"]),
    );
    expect(await select(id, {})).toEqual(invalid(["/checks", "Missing field: checks"]));
    expect(await select(id, { checks: [], env: {} })).toEqual(invalid(["/env", "Unexpected field: env"]));
    for (const json of [[], 5, null, "A"]) expect((await select(id, json)).status).toBe(422);
    expect(await outcome(admin.call("POST", path(id), { raw: "{" }))).toEqual(
      refused(400, "Bad Request", "Malformed JSON in request body"),
    );
    expect(await outcome(admin.call("POST", path(id)))).toEqual(
      invalid(["/checks", "Missing field: checks"]),
    );
    const huge = { checks: Array.from({ length: 5_000 }, () => "x".repeat(256)) };
    expect((await select(id, huge)).status).toBe(413);
  });

  it("answers 422 for what is no UUID", async () => {
    for (const id of ["5", "__proto__", "x".repeat(5_000)]) {
      expect(await select(id, { checks: [] })).toEqual(invalid(["/id", "has invalid format"]));
    }
  });

  it("is for users with the ability alone", async () => {
    const { id, agent } = await kinds[kind]();
    const asked = { json: { checks: ["A"] } };
    expect(await outcome((await signInReader())("POST", path(id), asked))).toEqual(forbidden);
    expect(await outcome(call("POST", path(id), asked))).toEqual(unauthorized);
    expect(await outcome(agent.call("POST", path(id), asked))).toEqual(unauthorized);
  });
});
