/** The API of the checks engine. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ownCatalogue } from "../../../checks/own-catalogue.ts";
import { obstacleOf, obstacles } from "../../../durable-objects/checks-group/obstacles.ts";
import { TestAgent } from "../../../test/agents.ts";
import {
  Administrator,
  call,
  invalid,
  refused,
  signInReader,
  unauthorized,
} from "../../../test/api-client.ts";
import { ExecutionUnderTest, ended, tokenCheck } from "../../../test/checks-under-test.ts";

let admin: Administrator;
beforeAll(async () => {
  admin = await Administrator.signIn();
});

const get = async (path: string) => (await admin.call("GET", path)).body;
const itemsSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const idsOf = async (path: string) => itemsSchema.parse(await get(path)).items.map(({ id }) => id);

describe("the catalogue", () => {
  it("is filtered by what is known of the target", async () => {
    const all = ownCatalogue.checks.map(({ id }) => id).sort();
    expect((await idsOf("/api/v3/checks/catalog")).sort()).toEqual(all);
    const azure = await idsOf(
      "/api/v3/checks/catalog?provider=azure&target_type=cluster&cluster_type=ascs_ers",
    );
    expect(azure).toContain("ED6E22");
    expect(azure).not.toContain("ED6E1C");
    expect(await idsOf("/wanda/api/v3/checks/catalog?target_type=host")).toContain("ED6E2D");
  });

  it("takes no ambiguous environment in its first version", async () => {
    const { status, body } = await admin.call("GET", "/api/v1/checks/catalog?ensa=true");
    expect({ status, body }).toEqual(invalid(["/ensa", "Is ambiguous"]));
  });

  it("needs a user", async () => {
    const { status, body } = await call("GET", "/api/v3/checks/catalog");
    expect({ status, body }).toEqual(unauthorized);
  });
});

describe("a catalogue of others", () => {
  const good = `id: "AAA001"\nname: a\ngroup: b\ndescription: c\nremediation: d\nfacts: []\nexpectations:\n  - name: e\n    expect: "true"\n`;
  const path = "/api/v1/checks/catalogues/others";

  it("is kept apart, its malformed files are told, and it can go again", async () => {
    const files = [
      { name: "AAA001.yaml", content: good },
      { name: "AAA002.yaml", content: "id: [" },
    ];
    const { status, body } = await admin.call("PUT", path, { json: { version: "7", files } });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { name: "others", version: "7", checks: 1, hidden: [], defects: [{ file: "AAA002.yaml" }] },
    });
    expect(await idsOf("/api/v1/checks/definitions")).toContain("AAA001");
    expect((await admin.call("DELETE", path)).status).toBe(204);
    expect((await admin.call("DELETE", path)).status).toBe(404);
    expect(await idsOf("/api/v1/checks/definitions")).not.toContain("AAA001");
  });

  it("is refused where nothing in it is a check, where it has our name, and from who may not", async () => {
    const put = (to: string, json: unknown) => admin.call("PUT", to, { json });
    expect((await put(path, { files: [{ name: "x.yaml", content: "" }] })).status).toBe(422);
    expect(
      (
        await put("/api/v1/checks/catalogues/trento-edge", {
          files: [{ name: "AAA001.yaml", content: good }],
        })
      ).status,
    ).toBe(422);
    expect((await put("/api/v1/checks/catalogues/Odd", { files: [] })).status).toBe(422);
    expect((await admin.call("DELETE", "/api/v1/checks/catalogues/trento-edge")).status).toBe(403);
    const reader = await signInReader();
    expect((await reader("PUT", path, { json: { files: [] } })).status).toBe(403);
  });
});

describe("catalogues of others", () => {
  const PATH = "/api/v1/checks/catalogues";
  const upload = (id: string) => ({
    files: [
      {
        name: `${id}.yaml`,
        content: `id: "${id}"\nname: a\ngroup: b\ndescription: c\nremediation: d\nfacts: []\nexpectations: []\n`,
      },
    ],
  });
  const put = async (name: string) => {
    const { status, body } = await admin.call("PUT", `${PATH}/${name}`, { json: upload(`OF-${name}`) });
    return { status, body };
  };
  const remove = (name: string) => admin.call("DELETE", `${PATH}/${name}`);

  it("are twenty at most, each of which may be brought in again", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `many-${index}`);
    try {
      for (const name of names) expect((await put(name)).status).toBe(200);
      expect(await put("another")).toEqual(
        invalid(["/name", "is one more than the 20 catalogues that can be brought in"]),
      );
      expect((await put("many-7")).status).toBe(200);
      await remove("many-7");
      expect((await put("another")).status).toBe(200);
    } finally {
      for (const name of [...names, "another"]) await remove(name);
    }
  });

  it("have ten thousand checks at most, all together", async () => {
    expect((await put("full")).status).toBe(200);
    try {
      await env.DB.prepare(
        `INSERT INTO catalogue_checks
         WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
         SELECT catalogue, 'M' || n, definition FROM numbers, catalogue_checks WHERE catalogue = 'full'`,
      ).run();
      const message =
        "make 10001 checks with the other catalogues that were brought in, and 10000 is the most";
      expect(await put("one-more")).toEqual(invalid(["/files", message]));
      expect((await put("full")).status).toBe(200);
      expect((await put("one-more")).status).toBe(200);
    } finally {
      for (const name of ["full", "one-more"]) await remove(name);
    }
  });
});

describe("a customisation", () => {
  const group = crypto.randomUUID();
  const path = (check: string) => `/api/v1/groups/${group}/checks/${check}/customization`;

  it("is set, shown and taken back", async () => {
    const values = [{ name: "least_token", value: 3000 }];
    expect(await admin.call("POST", path("ED6E01"), { json: { values } })).toMatchObject({
      status: 200,
      body: { values },
    });
    const shown = itemsSchema
      .parse(await get(`/api/v1/groups/${group}/checks`))
      .items.find(({ id }) => id === "ED6E01");
    expect(shown).toMatchObject({ customized: true, values: [{ custom_value: 3000, default_value: 5000 }] });
    expect((await admin.call("DELETE", path("ED6E01"))).status).toBe(204);
    expect((await admin.call("DELETE", path("ED6E01"))).status).toBe(404);
  });

  it.each([
    ["ED6E01", [{ name: "least_token", value: "x" }], 400],
    ["ED6E01", [{ name: "unknown", value: 1 }], 400],
    ["UNKNOWN", [{ name: "least_token", value: 1 }], 404],
    ["ED6E01", [{ name: "least_token" }], 422],
    ["ED6E01", [{ name: "least_token", value: 1.5 }], 422],
    ["ED6E01", [], 422],
  ])("of %s by %j is refused", async (check, values, status) => {
    expect((await admin.call("POST", path(check), { json: { values } })).status).toBe(status);
  });
});

describe("a request", () => {
  it("for nothing selected, or for nobody, says so", async () => {
    const agent = await new TestAgent().register();
    const run = async (id: string) => {
      const { status, body } = await admin.call("POST", `/api/v1/hosts/${id}/checks/request_execution`);
      return { status, body };
    };
    expect(await run(agent.id)).toEqual(
      refused(422, "Unprocessable Entity", "No checks were selected for the target."),
    );
    expect((await run(crypto.randomUUID())).status).toBe(404);
  });
});

describe("why nothing runs on a target", () => {
  it.each<[string, object, string | null]>([
    ["nothing is selected", {}, "No checks were selected for the target."],
    ["it is not known what runs there", { selected: ["A"], env: null }, obstacles.environment_unknown],
    ["no host is known", { selected: ["A"], hosts: [] }, obstacles.no_hosts],
    ["nothing is in the way", { selected: ["A"] }, null],
  ])("%s", (_, more, expected) => {
    const host = { agent_id: "one", hostname: "one", attributes: {} };
    const obstacle = obstacleOf({ selected: [], env: {}, hosts: [host], ...more });
    expect(obstacle === null ? null : obstacles[obstacle]).toBe(expected);
  });

  it("is told with the target, and when it is asked to run", async () => {
    const agent = await new TestAgent().register();
    const target = async () => (await admin.call("GET", `/api/v1/hosts/${agent.id}/checks/target`)).body;
    expect(await target()).toMatchObject({ not_run_because: "No checks were selected for the target." });
    await admin.call("POST", `/api/v1/hosts/${agent.id}/checks`, { json: { checks: ["nobody knows it"] } });
    await expect.poll(target).toMatchObject({ not_run_because: null });
    const { status, body } = await admin.call("POST", `/api/v1/hosts/${agent.id}/checks/request_execution`);
    expect({ status, body }).toEqual(refused(422, "Unprocessable Entity", obstacles.none_concern));
  });
});

describe("a start by others", () => {
  const start = (more: object) =>
    admin.call("POST", "/api/v2/checks/executions/start", {
      json: { execution_id: crypto.randomUUID(), group_id: crypto.randomUUID(), targets: [], ...more },
    });

  it.each([{ a: null }, { a: { b: 1 } }, { a: 1.5 }, { a: [[1]] }])(
    "takes no environment of %j",
    async (own) => {
      expect((await start({ env: own })).status).toBe(422);
    },
  );

  it("joins what it says of one agent in two places", async () => {
    const [execution_id, group_id, agent_id] = Array.from({ length: 3 }, () => crypto.randomUUID());
    const targets = [
      { agent_id, checks: ["ED6E01"] },
      { agent_id, checks: ["ED6E02", "ED6E01"] },
    ];
    expect(
      (await start({ execution_id, group_id, targets, env: { provider: "azure", a: [1, "x", true] } }))
        .status,
    ).toBe(202);
    const { status, body } = await admin.call("GET", `/api/v2/checks/executions/${execution_id}`);
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { status: "running", targets: [{ agent_id, checks: ["ED6E01", "ED6E02"] }] },
    });
  });
});

describe("an execution that the tables do not have yet", () => {
  const show = async (id: string) => {
    const { status, body } = await admin.call("GET", `/api/v2/checks/executions/${id}`);
    return { status, body };
  };

  it("is read from itself, when it starts and when it has ended", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start();
    await execution.tells(execution.agents[0]);
    await ended(execution);
    await expect.poll(() => execution.row()).toMatchObject({ status: "completed" });
    const shown = await show(execution.id);
    expect(shown).toMatchObject({
      status: 200,
      body: { status: "completed", result: "passing", passing_count: 1 },
    });
    const { DB } = env;
    await DB.prepare(
      "UPDATE executions SET status = 'running', result = NULL, completed_at = NULL WHERE id = ?",
    )
      .bind(execution.id)
      .run();
    expect(await show(execution.id)).toEqual(shown);
    await DB.prepare("DELETE FROM executions WHERE id = ?").bind(execution.id).run();
    expect(await show(execution.id)).toEqual(shown);
    expect(await admin.call("GET", `/api/v1/checks/executions/${execution.id}/details`)).toMatchObject({
      status: 200,
      body: { status: "completed" },
    });
  });

  it("shows facts as the agents told them: a value, or what kept it from being gathered", async () => {
    const execution = new ExecutionUnderTest(2);
    await execution.start();
    const [told, failed] = execution.agents;
    await execution.tells(told, 5_000);
    const fact = { check_id: tokenCheck.id, name: "token" };
    const error = { type: "corosync-conf-error", message: "no such file" };
    await execution.stub.receiveFacts(failed ?? "", execution.answer([{ ...fact, error }]));
    await ended(execution);
    const { body } = await admin.call("GET", `/api/v1/checks/executions/${execution.id}/details`);
    const shown = z.object({ facts: z.array(z.unknown()) }).parse(body).facts;
    expect(shown).toHaveLength(2);
    expect(shown).toEqual(
      expect.arrayContaining([
        { agent_id: told, facts: [{ ...fact, value: 5_000 }] },
        { agent_id: failed, facts: [{ ...fact, error }] },
      ]),
    );
  });

  it("is the last of its group at once", async () => {
    const ids = { execution_id: crypto.randomUUID(), group_id: crypto.randomUUID() };
    const last = async () => {
      const { status, body } = await admin.call(
        "GET",
        `/api/v1/checks/groups/${ids.group_id}/executions/last`,
      );
      return { status, body };
    };
    expect((await last()).status).toBe(404);
    const targets = [{ agent_id: crypto.randomUUID(), checks: ["ED6E2D"] }];
    const start = { ...ids, targets, target_type: "host" };
    const started = await admin.call("POST", "/api/v1/checks/executions/start", { json: start });
    expect(started.status).toBe(202);
    expect(await last()).toMatchObject({ status: 200, body: { ...ids, status: "running" } });
    await env.DB.prepare("DELETE FROM executions WHERE id = ?").bind(ids.execution_id).run();
    expect(await last()).toMatchObject({ status: 200, body: { ...ids, status: "running" } });
  });

  it("is not the last of a group that it is not of", async () => {
    const other = new ExecutionUnderTest(1);
    await other.start();
    const group_id = crypto.randomUUID();
    const targets = [{ agent_id: crypto.randomUUID(), checks: ["ED6E2D"] }];
    const { status } = await admin.call("POST", "/api/v1/checks/executions/start", {
      json: { execution_id: other.id, group_id, targets, target_type: "host" },
    });
    expect(status).toBe(422);
    expect(await env.CHECKS_GROUP.getByName(group_id).current()).toBe(other.id);
    const path = `/api/v1/checks/groups/${group_id}/executions/last`;
    expect((await admin.call("GET", path)).status).toBe(404);
  });

  it("is none where nothing was ever started", async () => {
    expect((await show(crypto.randomUUID())).status).toBe(404);
  });
});

describe("what takes long", () => {
  const endless = (id: string, more: string) => ({
    name: `${id}.yaml`,
    content: `id: ${id}\nname: a\ngroup: b\ndescription: c\nremediation: d\n${more}facts: []\nexpectations: []\n`,
  });

  it.each<[string, () => Promise<unknown>]>([
    ["conditions that never end", () => admin.call("GET", "/api/v3/checks/catalog?target_type=host")],
    [
      "hundreds of files",
      () => admin.call("PUT", "/api/v1/checks/catalogues/long", { json: { files: many } }),
    ],
  ])("%s let others be answered meanwhile", async (_, work) => {
    await admin.call("PUT", "/api/v1/checks/catalogues/long", { json: { files: many } });
    let isDone = false;
    let answered = 0;
    const long = work().then(() => {
      isDone = true;
    });
    while (!isDone) {
      await call("GET", "/api/healthz");
      if (!isDone) answered += 1;
    }
    await long;
    expect(answered).toBeGreaterThan(1);
    await admin.call("DELETE", "/api/v1/checks/catalogues/long");
  });

  const many = Array.from({ length: 2400 }, (_, index) => endless(`LONG${index}`, "when: 'loop { }'\n"));
});
