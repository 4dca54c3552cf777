/** Tags of hosts. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload } from "../../test/agents.ts";
import {
  Administrator,
  type ApiAgent,
  call,
  done,
  invalid,
  notFound,
  outcome,
  refused,
  unauthorized,
} from "../../test/api-client.ts";

let admin: Administrator;
let agent: ApiAgent;

beforeAll(async () => {
  admin = await Administrator.signIn();
  agent = await admin.agent();
  await agent.collect("host_discovery", hostPayload);
});

async function registered(): Promise<ApiAgent> {
  const host = await admin.agent();
  await host.collect("host_discovery", hostPayload);
  await expect.poll(() => admin.host(host.id)).toBeDefined();
  return host;
}

const pathOf = (id: string) => `/api/v1/hosts/${id}/tags`;
const addTo = (id: string, json: unknown) => outcome(admin.call("POST", pathOf(id), { json }));
const add = (value: unknown) => addTo(agent.id, { value });
const removeFrom = (id: string, value: string) =>
  outcome(admin.call("DELETE", `${pathOf(id)}/${encodeURIComponent(value)}`));
const remove = (value: string) => removeFrom(agent.id, value);
const created = (value: string) => ({ status: 201, body: { value } });

async function tagsOf(id: string): Promise<string[] | undefined> {
  return (await admin.host(id))?.tags.map(({ value }) => value);
}

describe("POST /api/v1/hosts/:id/tags", () => {
  it.each([".", "..", " .. "])("refuses %j, which a path could not have", async (value) => {
    expect(await add(value)).toEqual(invalid(["/value", "has invalid format"]));
  });

  it.each(["...", ".a", "a.b"])("takes %j", async (value) => {
    expect(await add(value)).toEqual(created(value));
  });

  it("adds tags, trimmed and shown in order", async () => {
    const { id } = await registered();
    expect(await addTo(id, { value: "  prod\t" })).toEqual(created("prod"));
    expect(await addTo(id, { value: "\u00a0eu\n" })).toEqual(created("eu"));
    expect(await tagsOf(id)).toEqual(["eu", "prod"]);
  });

  it("takes a tag twice for once", async () => {
    const { id } = await registered();
    for (const value of ["prod", "prod", " prod "])
      expect(await addTo(id, { value })).toEqual(created("prod"));
    expect(await tagsOf(id)).toEqual(["prod"]);
    await Promise.all(Array.from({ length: 5 }, () => addTo(id, { value: "eu" })));
    expect(await tagsOf(id)).toEqual(["eu", "prod"]);
  });

  it("keeps the case of letters, and the tags of each host for itself", async () => {
    const [one, other] = [await registered(), await registered()];
    await addTo(one.id, { value: "Prod" });
    await addTo(one.id, { value: "prod" });
    await addTo(other.id, { value: "prod" });
    expect(await tagsOf(one.id)).toEqual(["Prod", "prod"]);
    expect(await tagsOf(other.id)).toEqual(["prod"]);
  });

  it.each(["env=prod", "+-=.,_:@", "größe", "日本語", "a1", "__proto__"])("takes %s", async (value) => {
    expect(await add(value)).toEqual(created(value));
    await expect.poll(() => tagsOf(agent.id)).toContain(value);
    expect(await remove(value)).toEqual(done);
  });

  it.each(["", " ", "\t\n"])("refuses a blank one: %j", async (value) => {
    expect(await add(value)).toEqual(invalid(["/value", "can't be blank"]));
  });

  it.each(["two words", "a/b", "a\nb", "50%", "<b>", "a'b", "tag;", "😀", "\ud800", "a\u200db"])(
    "refuses other characters: %j",
    async (value) => {
      expect(await add(value)).toEqual(invalid(["/value", "has invalid format"]));
    },
  );

  it.each([".", ".."])(
    "refuses %j, which could not be removed: a path that ends so means another",
    async (value) => {
      expect(await add(value)).toEqual(invalid(["/value", "has invalid format"]));
      expect(await add(`${value}x`)).toEqual(created(`${value}x`));
      expect(await remove(`${value}x`)).toEqual(done);
    },
  );

  it("takes a hundred of one resource, and those that are there again", async () => {
    const id = crypto.randomUUID();
    const rows = Array.from({ length: 99 }, (_, index) =>
      env.DB.prepare(
        "INSERT INTO tags (value, resource_id, resource_type, inserted_at, updated_at) VALUES (?, ?, 'host', '', '')",
      ).bind(`tag-${index}`, id),
    );
    await env.DB.batch(rows);
    expect(await addTo(id, { value: "last" })).toEqual(created("last"));
    const refusal = invalid(["/value", "is one more than the 100 tags that a resource may have"]);
    expect(await addTo(id, { value: "more" })).toEqual(refusal);
    expect(await addTo(id, { value: "last" })).toEqual(created("last"));
    expect(await removeFrom(id, "tag-0")).toEqual(done);
    expect(await addTo(id, { value: "more" })).toEqual(created("more"));
  });

  it.each([[5], [null], [true], [["prod"]], [{}]])("says that %j is invalid, not missing", async (value) => {
    expect(await add(value)).toEqual(invalid(["/value", "is invalid"]));
  });

  it("wants the value and nothing else", async () => {
    expect(await addTo(agent.id, {})).toEqual(invalid(["/value", "Missing field: value"]));
    expect(await addTo(agent.id, { value: "prod", colour: "red" })).toEqual(
      invalid(["/colour", "Unexpected field: colour"]),
    );
    expect(await outcome(admin.call("POST", pathOf(agent.id), { raw: "{" }))).toEqual(
      refused(400, "Bad Request", "Malformed JSON in request body"),
    );
    expect(await outcome(admin.call("POST", pathOf(agent.id)))).toEqual(
      invalid(["/value", "Missing field: value"]),
    );
  });

  it("tags what nobody has registered", async () => {
    expect(await addTo(crypto.randomUUID(), { value: "prod" })).toEqual(created("prod"));
  });

  it("takes an id in capitals for the same host", async () => {
    const { id } = await registered();
    expect(await addTo(id.toUpperCase(), { value: "prod" })).toEqual(created("prod"));
    expect(await tagsOf(id)).toEqual(["prod"]);
  });

  it("answers 422 for what is no UUID", async () => {
    expect(await addTo("no-uuid", { value: "prod" })).toEqual(invalid(["/id", "has invalid format"]));
  });

  it("is for users alone", async () => {
    const path = pathOf(agent.id);
    expect(await outcome(call("POST", path, { json: { value: "prod" } }))).toEqual(unauthorized);
    expect(await outcome(agent.call("POST", path, { json: { value: "prod" } }))).toEqual(unauthorized);
    expect(await outcome(call("DELETE", `${path}/prod`))).toEqual(unauthorized);
  });
});

describe("DELETE /api/v1/hosts/:id/tags/:value", () => {
  it("removes that tag alone, once", async () => {
    const [one, other] = [await registered(), await registered()];
    for (const { id } of [one, other]) {
      await addTo(id, { value: "prod" });
      await addTo(id, { value: "eu" });
    }
    expect(await removeFrom(one.id, "prod")).toEqual(done);
    expect(await tagsOf(one.id)).toEqual(["eu"]);
    expect(await tagsOf(other.id)).toEqual(["eu", "prod"]);
    expect(await removeFrom(one.id, "prod")).toEqual(notFound);
  });

  it("removes by a query what no path can have, as older tags of dots", async () => {
    const { id } = await registered();
    await env.DB.prepare(
      "INSERT INTO tags (value, resource_id, resource_type, inserted_at, updated_at) VALUES ('..', ?, 'host', 'x', 'x'), ('.', ?, 'host', 'x', 'x')",
    )
      .bind(id, id)
      .run();
    await addTo(id, { value: "a+b" });
    const removeByQuery = (value: string) =>
      outcome(admin.call("DELETE", `${pathOf(id)}?${new URLSearchParams({ value })}`));
    expect(await removeByQuery("..")).toEqual(done);
    expect(await removeByQuery("..")).toEqual(notFound);
    expect(await removeByQuery("a+b")).toEqual(done);
    expect(await tagsOf(id)).toEqual(["."]);
    expect(await removeByQuery(".")).toEqual(done);
    expect((await admin.call("DELETE", pathOf(id))).status).toBe(422);
  });

  it("takes a plus for a plus", async () => {
    const { id } = await registered();
    await addTo(id, { value: "a+b" });
    expect(await outcome(admin.call("DELETE", `${pathOf(id)}/a+b`))).toEqual(done);
    expect(await tagsOf(id)).toEqual([]);
  });

  it("answers 404 for a tag, or a host, that is not there", async () => {
    expect(await remove("nothing")).toEqual(notFound);
    expect(await remove("a/b")).toEqual(notFound);
    expect(await remove("%")).toEqual(notFound);
    expect(await removeFrom(crypto.randomUUID(), "prod")).toEqual(notFound);
  });

  it("answers 4xx for a path that is no text", async () => {
    const { status } = await admin.call("DELETE", `${pathOf(agent.id)}/%E0%A4%A`);
    expect([400, 404, 422]).toContain(status);
  });

  it("answers 422 for what is no UUID", async () => {
    expect(await removeFrom("no-uuid", "prod")).toEqual(invalid(["/id", "has invalid format"]));
  });
});
