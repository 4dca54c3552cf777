/** Texts that nothing can hold, or nobody types, at every door that takes a body. */
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { Administrator, call, invalid, outcome } from "../../test/api-client.ts";

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ requestBody: z.unknown() }).partial())),
});

let doors: { readonly method: string; readonly path: string }[];

beforeAll(async () => {
  const { paths } = documentSchema.parse((await call("GET", "/api/all/openapi")).body);
  doors = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) =>
      requestBody === undefined || path === "/api/v1/collect"
        ? []
        : [{ method: method.toUpperCase(), path: path.replaceAll(/\{\w+\}/g, crypto.randomUUID()) }],
    ),
  );
});

const at = (pointer: string, detail: string) => invalid([pointer, detail]);
const HALF = "has invalid format";
const CONTROL = "must not hold control characters";

/** What every door answers to the same body. */
async function answersOf(chosen: typeof doors, raw: string) {
  expect(chosen.length).toBeGreaterThan(0);
  return Promise.all(chosen.map(({ method, path }) => outcome(call(method, path, { raw }))));
}
const allOf = (chosen: typeof doors, answer: unknown) => chosen.map(() => answer);

const ofRelays = ({ path }: { readonly path: string }) => path.startsWith("/api/v1/relays/");

describe("a body with", () => {
  it("half a character is refused at every door, at its place, but where facts come one by one", async () => {
    const whole = doors.filter(({ path }) => path !== "/api/v1/relays/facts");
    expect(whole.length).toBe(doors.length - 1);
    expect(await answersOf(whole, '{"a":[{"b":"x\\ud800"}]}')).toEqual(allOf(whole, at("/a/0/b", HALF)));
    expect(await answersOf(whole, '{"\\uDFFF":1}')).toEqual(allOf(whole, at("/\ufffd", HALF)));
  });

  it.each([
    ["NUL", "\\u0000"],
    ["the escape character", "\\u001B"],
    ["a backspace", "\\b"],
    ["a form feed", "\\f"],
    ["DEL as it is", "\u007f"],
    ["DEL", "\\u007F"],
    ["NEL as it is", "\u0085"],
    ["NEL", "\\u0085"],
  ])("%s is refused where people write, and left to hosts", async (_, spelt) => {
    const [relays, people] = [doors.filter(ofRelays), doors.filter((door) => !ofRelays(door))];
    const raw = `{"a":"x${spelt}"}`;
    expect(await answersOf(people, raw)).toEqual(allOf(people, at("/a", CONTROL)));
    expect(await answersOf(relays, raw)).not.toContainEqual(at("/a", CONTROL));
  });

  it("whole characters, tabs and lines is taken", async () => {
    const admin = await Administrator.signIn();
    const json = { url: "https://example.com/", description: "a\tb\r\nü 😀 \\ud800 \\u0000 \u200f" };
    const { status, body } = await admin.call("POST", "/api/v1/webhooks", { json });
    expect(status).toBe(201);
    expect(body).toMatchObject({ description: json.description });
  });

  it("what is no JSON is refused as such", async () => {
    const { status } = await call("POST", "/api/session", { raw: '{"a":"\\ud800' });
    expect(status).toBe(400);
  });
});
