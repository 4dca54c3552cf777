/** Bringing a folder in, at a server that is played. */
import { describe, expect, it } from "vitest";
import { check, folderWith } from "./folder-in-hand.spec.ts";
import type { Fetch } from "./import/control-plane.ts";
import { main } from "./import.ts";

interface Asked {
  readonly method: string | undefined;
  readonly url: string;
  readonly authorization: string | null;
  readonly body: unknown;
}

const json = (status: number, body: unknown) => Response.json(body, { status });
const signedIn = () => json(200, { access_token: "the token", expires_in: 600, refresh_token: "another" });
const errors = (status: number, detail: string, pointer?: string) =>
  json(status, {
    errors: [{ title: "Error", detail, ...(pointer === undefined ? {} : { source: { pointer } }) }],
  });

/** A server that answers in turn, and what it was asked. */
function playing(...answers: readonly (() => Response)[]) {
  const asked: Asked[] = [];
  const send: Fetch = async (url, { method, headers, body }) => {
    const authorization = new Headers(headers).get("Authorization");
    const answer = answers[asked.length];
    asked.push({ method, url, authorization, body: JSON.parse(String(body)) });
    if (answer === undefined) throw new Error("the server was asked once more");
    return answer();
  };
  return { asked, send };
}

async function run(args: readonly string[], send: Fetch) {
  const told: string[] = [];
  const complaints: string[] = [];
  const code = await main(args, { URL: "http://edge.example.com", ADMIN_PASSWORD: "secret" }, send, {
    tell: (line) => told.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, told, complaints };
}

const broughtIn = {
  name: "ours",
  version: "1.2.3",
  origin: "imported",
  checks: 1,
  imported_at: "2026-01-01T00:00:00.000Z",
  defects: [],
  hidden: [],
};
const sound = () => folderWith({ "AB0001.yaml": check("AB0001"), VERSION: "1.2.3\n" });

describe("a folder is brought in", () => {
  it("by whoever signs in, with its version, and files of checks alone", async () => {
    const folder = folderWith({
      "AB0002.yaml": "id: [",
      "AB0001.yaml": check("AB0001"),
      "AB0003.yaml.wip": check("AB0003"),
      VERSION: "1.2.3\n",
    });
    const { asked, send } = playing(signedIn, () => json(200, broughtIn));
    const { code, told, complaints } = await run([folder, "--name", "ours", "--user", "ops"], send);
    expect({ code, complaints }).toStrictEqual({ code: 0, complaints: [] });
    expect(told).toStrictEqual(["ours 1.2.3: 1 check brought in, 0 hidden, 0 defects"]);
    expect(asked).toStrictEqual([
      {
        method: "POST",
        url: "http://edge.example.com/api/session",
        authorization: null,
        body: { username: "ops", password: "secret" },
      },
      {
        method: "PUT",
        url: "http://edge.example.com/api/v1/checks/catalogues/ours",
        authorization: "Bearer the token",
        body: {
          version: "1.2.3",
          files: [
            { name: "AB0001.yaml", content: check("AB0001") },
            { name: "AB0002.yaml", content: "id: [" },
          ],
        },
      },
    ]);
  });

  it.each([
    ["that is given", ["--version", "9"], { VERSION: "1" }, { version: "9" }],
    ["that is left to the server", [], {}, {}],
    ["that is empty, and left to the server", [], { VERSION: "\n" }, {}],
  ])("with a version %s", async (_, options, files, version) => {
    const folder = folderWith({ "AB0001.yaml": check("AB0001"), ...files });
    const { asked, send } = playing(signedIn, () => json(200, broughtIn));
    await run([folder, "--name", "ours", ...options], send);
    expect(asked[1]?.body).toStrictEqual({
      ...version,
      files: [{ name: "AB0001.yaml", content: check("AB0001") }],
    });
  });

  it("and what is wrong with it, or hidden, is told", async () => {
    const { send } = playing(signedIn, () =>
      json(200, {
        ...broughtIn,
        checks: 3,
        defects: [{ file: "AB0002.yaml", line: 1, column: 6, message: "Flow sequence is not closed" }],
        hidden: ["ED6E01", "ED6E02"],
      }),
    );
    expect(await run([sound(), "--name", "ours"], send)).toStrictEqual({
      code: 0,
      told: [
        "AB0002.yaml:1:6: Flow sequence is not closed",
        "Hidden by an earlier catalogue: ED6E01, ED6E02",
        "ours 1.2.3: 3 checks brought in, 2 hidden, 1 defect",
      ],
      complaints: [],
    });
  });
});

describe("nothing is brought in, and a line tells why", () => {
  const html = () => new Response("<html></html>", { status: 200 });

  it.each<[string, readonly (() => Response)[], string]>([
    ["a wrong password", [() => errors(401, "Invalid credentials.")], "The password of admin is wrong"],
    ["another server", [html], "http://edge.example.com is no trento-edge: it answers something else"],
    ["an old server", [signedIn, () => errors(404, "Not found.")], "(404): Not found."],
    ["a server in trouble", [() => new Response("oops", { status: 502 })], "The server answers 502"],
    [
      "a user who may not",
      [signedIn, () => errors(403, "You can't perform this operation or access this resource.")],
      "(403): You can't perform",
    ],
    [
      "too much",
      [signedIn, () => errors(413, "The body is larger than 5 MB.")],
      "(413): The body is larger than 5 MB.",
    ],
    [
      "no usable check",
      [signedIn, () => errors(422, "have no usable check: AB0002.yaml: Flow", "/files")],
      "(422): files have no usable check: AB0002.yaml: Flow",
    ],
    ["a token that ran out", [signedIn, () => json(401, { error: "Unauthorized" })], "own token"],
  ])("%s", async (_, answers, reason) => {
    const { asked, send } = playing(...answers);
    const { code, told, complaints } = await run([sound(), "--name", "ours"], send);
    expect({ code, told }).toStrictEqual({ code: 1, told: [] });
    expect(complaints).toStrictEqual([expect.stringContaining(reason)]);
    expect(asked).toHaveLength(answers.length);
  });

  it("a server that says that none came in", async () => {
    const { send } = playing(signedIn, () => json(200, { ...broughtIn, checks: 0 }));
    expect(await run([sound(), "--name", "ours"], send)).toMatchObject({
      code: 1,
      told: ["ours 1.2.3: 0 checks brought in, 0 hidden, 0 defects"],
    });
  });

  it("a server that cannot be reached", async () => {
    const send: Fetch = async () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:1") });
    };
    expect(await run([sound(), "--name", "ours"], send)).toStrictEqual({
      code: 1,
      told: [],
      complaints: ["http://edge.example.com cannot be reached: connect ECONNREFUSED 127.0.0.1:1"],
    });
  });

  it("more than a server takes, which is not even sent", async () => {
    const folder = folderWith({ "AB0001.yaml": `# ${"é".repeat(2_600_000)}` });
    const { asked, send } = playing(signedIn);
    const { code, complaints } = await run([folder, "--name", "ours"], send);
    expect(code).toBe(1);
    expect(complaints).toStrictEqual(["The files are too large: 5.2 MB, where a server takes 5 MB"]);
    expect(asked).toHaveLength(1);
  });

  it("no folder, and nobody is asked", async () => {
    const { asked, send } = playing();
    const { code, complaints } = await run([`${folderWith({})}/none`, "--name", "ours"], send);
    expect(code).toBe(1);
    expect(complaints).toStrictEqual([expect.stringContaining("there is none")]);
    expect(asked).toStrictEqual([]);
  });

  it("options that are not understood", async () => {
    const { asked, send } = playing();
    const { code, complaints } = await run(["--nonsense"], send);
    expect(code).toBe(2);
    expect(complaints[0]).toContain("npm run checks:import");
    expect(asked).toStrictEqual([]);
  });
});

it("help is given for the asking", async () => {
  const { send } = playing();
  expect(await run(["--help"], send)).toMatchObject({ code: 0, told: [expect.stringContaining("--url")] });
});
