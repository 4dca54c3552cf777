/** The API as it is described, played by Schemathesis on a real server. Left out where the tool is not installed. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { hostPayloadOf } from "../host-payload.ts";
import { LandscapeServer } from "./landscape-server.ts";

const folder = join(import.meta.dirname, "../schemathesis");
const isInstalled = spawnSync("schemathesis", ["--version"]).status === 0;
/** For a long run: more examples of each request than are enough for every day. */
const { MAX_EXAMPLES } = process.env;
const secretsSchema = z.object({ accessTokenSecret: z.string() });

const server = new LandscapeServer();

/** One that lasts: those that the server gives end after three minutes. */
function tokenFor(dataDir: string): Promise<string> {
  const { accessTokenSecret } = secretsSchema.parse(
    JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8")),
  );
  // The subject is a number in Trento's tokens, which the library's type does not foresee.
  const claims: Record<string, unknown> = { typ: "Bearer", jti: crypto.randomUUID(), sub: 1 };
  return new SignJWT(claims as JWTPayload)
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("https://github.com/trento-project/web")
    .setAudience("trento_app")
    .setIssuedAt()
    .setNotBefore("0s")
    .setExpirationTime("2h")
    .sign(new TextEncoder().encode(accessTokenSecret));
}

function play(url: string, variables: Readonly<Record<string, string>>) {
  const more = MAX_EXAMPLES === undefined ? [] : ["--max-examples", MAX_EXAMPLES];
  const tool = spawn(
    "schemathesis",
    [
      "--config-file",
      join(folder, "schemathesis.toml"),
      "run",
      `${url}/api/all/openapi`,
      "--no-color",
      ...more,
    ],
    {
      // What it keeps of a run would be tried first in the next.
      cwd: server.dataDir,
      env: {
        ...process.env,
        ...variables,
        PYTHONDONTWRITEBYTECODE: "1",
      },
    },
  );
  let output = "";
  for (const stream of [tool.stdout, tool.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    tool.on("error", reject);
    tool.on("close", (code) => resolve({ code, output }));
  });
}

beforeAll(async () => {
  if (isInstalled) await server.start({ CHECKS_INTERVAL: "0" });
});
afterAll(() => server.end());

/** Milliseconds: it takes one minute or two, more beside others, and far more where more is wanted. */
const LONGEST = (MAX_EXAMPLES === undefined ? 15 : 90) * 60_000;

it.skipIf(!isInstalled)(
  "answers what its description says, whatever it is asked",
  { timeout: LONGEST },
  async () => {
    const { url, apiKey } = server.address;
    const agent = { agent_id: "9cd46919-5f19-59aa-993e-cf3736c71053", discovery_type: "host_discovery" };
    const { status } = await fetch(`${url}/api/v1/collect`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-trento-apikey": apiKey },
      body: JSON.stringify({ ...agent, payload: hostPayloadOf("vmhdbprd01") }),
    });
    expect(status).toBe(202);
    const { code, output } = await play(url, {
      TRENTO_EDGE_TOKEN: await tokenFor(server.dataDir),
      TRENTO_EDGE_KEY: apiKey,
    });
    // With all that the tool found, and how to repeat it.
    expect(code, output).toBe(0);
    expect(output).toMatch(/Stateful/);
  },
);
