/** Answers of the runtime are compressed on their way to whoever takes them so, and stay what they are. */
import { request as requestOf } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FrontUnderTest } from "./front-under-test.ts";

const LIST = JSON.stringify(Array.from({ length: 500 }, (_, nth) => ({ nth })));
const answers: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  "/list": { "Content-Type": "application/json" },
  "/counted": { "Content-Type": "application/json", "Content-Length": LIST.length },
  "/picture": { "Content-Type": "image/png" },
  "/encoded": { "Content-Type": "application/json", "Content-Encoding": "zstd" },
  "/as-it-is": { "Content-Type": "application/json", "Cache-Control": "no-transform" },
};

let under: FrontUnderTest;

beforeAll(async () => {
  under = await FrontUnderTest.start(({ url = "" }, answer) => {
    if (url === "/short")
      answer.writeHead(200, { "Content-Type": "application/json", "Content-Length": 2 }).end("{}");
    else if (url === "/missing") answer.writeHead(404, { "Content-Type": "application/json" }).end(LIST);
    else answer.writeHead(200, { ...answers[url], "X-Kept": "1" }).end(LIST);
  });
});
afterAll(() => under.end());

async function get(path: string, accepted: string, method = "GET") {
  const sent = requestOf(under.front.url, { path, method, headers: { "Accept-Encoding": accepted } }).end();
  const answer = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve).on("error", reject);
  });
  const { "content-encoding": encoding, vary, "x-kept": kept, "content-length": length } = answer.headers;
  return { encoding, vary, kept, length, content: await buffer(answer) };
}

it.each([
  ["/list", "gzip", gunzipSync],
  ["/counted", "gzip", gunzipSync],
  ["/list", "br", brotliDecompressSync],
] as const)("%s in %s", async (path, encoding, decompress) => {
  const answer = await get(path, encoding);
  expect(answer).toMatchObject({ encoding, vary: "Accept-Encoding", kept: "1", length: undefined });
  expect(answer.content.length).toBeLessThan(LIST.length / 3);
  expect(decompress(answer.content).toString()).toBe(LIST);
});

it.each([
  ["/list", "identity"],
  ["/picture", "gzip"],
  ["/as-it-is", "gzip"],
  ["/missing", "gzip"],
])("%s for who takes %s comes as it is", async (path, accepted) => {
  const { encoding, content } = await get(path, accepted);
  expect([encoding, content.toString()]).toEqual([undefined, LIST]);
});

it("what is short, compressed before, or has no body is left alone", async () => {
  expect((await get("/short", "gzip")).content.toString()).toBe("{}");
  expect(await get("/encoded", "gzip")).toMatchObject({ encoding: "zstd" });
  expect(await get("/counted", "gzip", "HEAD")).toMatchObject({
    encoding: undefined,
    length: String(LIST.length),
  });
});
