/** The UI's files come from the front, whatever the runtime does. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request as requestOf } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { FrontUnderTest, RawClient } from "./front-under-test.ts";

const folder = mkdtempSync(join(tmpdir(), "front-ui-"));
const directory = join(folder, "ui");
const PAGE = "<!doctype html><title>the UI</title>";
const SCRIPT = "export const x = 1;\n".repeat(500);
const HASHED = "/assets/index-MQv5rjRV.js";

let under: FrontUnderTest;

beforeAll(async () => {
  mkdirSync(join(directory, "assets"), { recursive: true });
  writeFileSync(join(folder, "secrets.json"), "secret");
  writeFileSync(join(directory, "index.html"), PAGE);
  writeFileSync(join(directory, HASHED), SCRIPT);
  writeFileSync(join(directory, "with space.txt"), "0123456789");
  writeFileSync(join(directory, "picture.png"), Buffer.alloc(5_000));
  writeFileSync(join(directory, "_headers"), "/*\n  Content-Security-Policy: default-src 'self'\n");
  symlinkSync(join(folder, "secrets.json"), join(directory, "link.txt"));
  under = await FrontUnderTest.start();
  await under.front.show({
    directory,
    notFoundHandling: "single-page-application",
    runWorkerFirst: ["/api/*", "/metrics"],
  });
});
afterAll(async () => {
  await under.end();
  rmSync(folder, { recursive: true, force: true });
});

async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const sent = requestOf(under.front.url, { path, headers, method }).end();
  const answer = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve).on("error", reject);
  });
  return { status: answer.statusCode, headers: answer.headers, content: await buffer(answer) };
}

describe("a file", () => {
  it.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ])("comes in %s, and the same one again", async (encoding, decompress) => {
    const { status, headers, content } = await get(HASHED, { "Accept-Encoding": encoding });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-encoding": encoding,
      "content-type": "text/javascript; charset=utf-8",
      "content-length": String(content.length),
      vary: "Accept-Encoding",
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'self'",
    });
    expect(decompress(content).toString()).toBe(SCRIPT);
    expect(content.length).toBeLessThan(SCRIPT.length / 10);
    const again = await get(HASHED, { "Accept-Encoding": encoding });
    expect(again.content.equals(content)).toBe(true);
  });

  it("comes as it is where nothing else is taken, or is no smaller", async () => {
    const plain = await get(HASHED);
    expect([plain.content.toString(), plain.headers["content-encoding"]]).toEqual([SCRIPT, undefined]);
    const picture = await get("/picture.png", { "Accept-Encoding": "br" });
    expect([picture.headers["content-encoding"], picture.headers.vary, picture.content.length]).toEqual([
      undefined,
      undefined,
      5_000,
    ]);
  });

  it("has a tag for each form of it, by which it is not sent again", async () => {
    const tags = await Promise.all(
      ["br", "gzip", "identity"].map(
        async (form) => (await get(HASHED, { "Accept-Encoding": form })).headers.etag,
      ),
    );
    expect(new Set(tags).size).toBe(3);
    const [br = ""] = tags;
    const headers = { "Accept-Encoding": "br", "If-None-Match": `"other", W/${br}` };
    const known = await get(HASHED, headers);
    expect([known.status, known.content.length, known.headers.etag, known.headers.vary]).toEqual([
      304,
      0,
      br,
      "Accept-Encoding",
    ]);
    expect((await get(HASHED, { "If-None-Match": br })).status).toBe(200);
    expect((await get(HASHED, { "If-None-Match": "*" })).status).toBe(304);
  });

  it("comes in parts", async () => {
    const path = "/with%20space.txt";
    const { headers } = await get(path);
    expect(headers["accept-ranges"]).toBe("bytes");
    const part = await get(path, { Range: "bytes=2-4", "Accept-Encoding": "br" });
    expect([part.status, part.content.toString(), part.headers["content-range"]]).toEqual([
      206,
      "234",
      "bytes 2-4/10",
    ]);
    const beyond = await get(path, { Range: "bytes=10-" });
    expect([beyond.status, beyond.headers["content-range"]]).toEqual([416, "bytes */10"]);
    const current = await get(path, { Range: "bytes=0-0", "If-Range": headers.etag ?? "" });
    expect(current.status).toBe(206);
    const old = await get(path, { Range: "bytes=0-0", "If-Range": '"old"' });
    expect([old.status, old.content.toString()]).toEqual([200, "0123456789"]);
  });

  it("has a head without a body", async () => {
    const { status, headers, content } = await get(HASHED, {}, "HEAD");
    expect([status, headers["content-length"], content.length]).toEqual([200, String(SCRIPT.length), 0]);
  });

  it("takes no other method, whatever comes with it, and the connection goes on", async () => {
    const client = new RawClient(under.port);
    client.send("POST / HTTP/1.1", "Host: a", "Content-Length: 90000", "", "x".repeat(90_000));
    client.send("GET /with%20space.txt HTTP/1.1", "Host: a", "", "");
    await vi.waitFor(() => expect(client.statuses).toEqual([405, 200]));
    expect(client.text).toContain("Allow: GET, HEAD\r\n");
    client.end();
  });
});

describe("a path", () => {
  it.each(["/", "/hosts/1", "/assets/missing-12345678.js"])(
    "%s is the UI's, and asked for each time",
    async (path) => {
      const { status, headers, content } = await get(path);
      expect([status, content.toString(), headers["cache-control"]]).toEqual([200, PAGE, "no-cache"]);
    },
  );

  it("of the page itself leads to where it is", async () => {
    const { status, headers } = await get("/index.html?x=1");
    expect([status, headers.location]).toEqual([307, "/?x=1"]);
  });

  it.each(["/api/v1/hosts", "/metrics"])("%s is the Worker's", async (path) => {
    expect((await get(path)).content.toString()).toBe("heard");
  });

  it.each([
    "/../secrets.json",
    "/%2e%2e/secrets.json",
    "/..%2fsecrets.json",
    "/assets/..%2f..%2fsecrets.json",
    "/assets/..\\..\\secrets.json",
    "/..%5csecrets.json",
    "//secrets.json",
    "/link.txt",
    "/_headers",
    "/index.html%00.txt",
    `/${encodeURIComponent(join(folder, "secrets.json"))}`,
  ])("%s shows nothing but the UI", async (path) => {
    expect((await get(path)).content.toString()).toBe(PAGE);
  });

  it("that cannot be read is none", async () => {
    expect((await get("/%zz")).status).toBe(404);
  });
});

describe("while the runtime is away", () => {
  beforeAll(() => under.front.away());
  afterAll(() => under.front.open(`unix:${under.socketPath}`));

  it("whoever opens a page is told so, and comes back by itself", async () => {
    for (const path of ["/", "/hosts", "/api/doc"]) {
      const { status, headers, content } = await get(path, { Accept: "text/html,*/*;q=0.8" });
      expect([status, headers["retry-after"], headers["cache-control"]]).toEqual([503, "2", "no-store"]);
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(content.toString()).toContain('<meta http-equiv="refresh" content="2" />');
    }
  });

  it("whoever asks for data is told so in data", async () => {
    const { status, headers, content } = await get("/api/v1/hosts", { Accept: "application/json" });
    expect([status, headers["retry-after"]]).toEqual([503, "1"]);
    expect(JSON.parse(content.toString())).toEqual({
      errors: [{ title: "Service Unavailable", detail: "The server is starting. Try again later." }],
    });
  });

  it("files come as ever", async () => {
    expect((await get(HASHED)).content.toString()).toBe(SCRIPT);
  });
});
