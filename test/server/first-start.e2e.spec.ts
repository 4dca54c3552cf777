/** The first start, as somebody meets it who has just unpacked the program. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort, ServerProcess } from "./server-process.ts";

let parent = "";
let dataDir = "";
let server: ServerProcess | null = null;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "trento-edge-first-start-"));
  dataDir = join(parent, "data");
});

afterEach(async () => {
  await server?.stop();
  server = null;
  rmSync(parent, { recursive: true, force: true });
});

function signIn(url: string, password: string): Promise<Response> {
  return fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: "admin", password }),
  });
}

async function start(environment: Record<string, string> = {}): Promise<ServerProcess> {
  server = new ServerProcess(await freePort(), { DATA_DIR: dataDir, ...environment });
  await server.start();
  return server;
}

describe("a port that is taken", () => {
  it("is said in words, leaves nothing behind, and the next start is the first", async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    const failed = new ServerProcess(port, { DATA_DIR: dataDir });
    await expect(failed.start()).rejects.toThrow(
      `port ${port} of 127.0.0.1 is taken by another program: PORT chooses another one`,
    );
    other.close();
    expect(existsSync(dataDir)).toBe(false);
    const { url, printed } = await start().then((one) => ({
      url: one.url,
      printed: one.printed("ADMIN_PASSWORD"),
    }));
    expect((await signIn(url, printed)).status).toBe(200);
  });
});

describe("a lost password", () => {
  it("is replaced by a start with another, which every later start keeps", async () => {
    const first = await start();
    const lost = first.printed("ADMIN_PASSWORD");
    await first.stop();
    const second = await start();
    expect(second.output).not.toContain("ADMIN_PASSWORD  ");
    expect(second.output).toContain("start once with ADMIN_PASSWORD=…");
    await second.stop();
    await (await start({ ADMIN_PASSWORD: "another one" })).stop();
    const last = await start();
    expect((await signIn(last.url, "another one")).status).toBe(200);
    expect((await signIn(last.url, lost)).status).toBe(401);
  });
});

describe("a server that starts", () => {
  it("tells everybody to try again until it is ready, and is ready when it says so", async () => {
    const starting = new ServerProcess(await freePort(), { DATA_DIR: dataDir, ADMIN_PASSWORD: "given" });
    server = starting;
    const started = starting.start();
    const seen = new Set<number>();
    for (;;) {
      const answer = await fetch(`${starting.url}/api/readyz`).catch(() => null);
      await answer?.arrayBuffer();
      if (answer === null) continue;
      seen.add(answer.status);
      if (answer.status === 200) break;
      expect(answer.headers.get("Retry-After")).toBe("1");
    }
    expect((await signIn(starting.url, "given")).status).toBe(200);
    expect([...seen]).toEqual([503, 200]);
    await started;
  });
});
