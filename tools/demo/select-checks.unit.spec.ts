/** The checks of the demo are selected, however busy its server is at first. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { generateLandscape } from "../simulate/landscape.ts";
import { targetsOf } from "../simulate/selection.ts";
import { selectChecks } from "./select-checks.ts";

let stop = () => {};
afterEach(() => stop());

type Answer = readonly [status: number, body?: unknown, headers?: Readonly<Record<string, string>>];

/** @param answerTo what is asked for the n-th time, from 1 */
async function serve(answerTo: (path: string, time: number, token: string | undefined) => Answer) {
  const times = new Map<string, number>();
  const selected = new Set<string>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "";
    const time = (times.get(path) ?? 0) + 1;
    times.set(path, time);
    const [status, body = {}, headers = {}] = answerTo(path, time, request.headers.authorization);
    if (status === 202) selected.add(path.split("/")[4] ?? "");
    request.resume().on("end", () => response.writeHead(status, headers).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stop = () => server.close();
  const { port } = server.address() as AddressInfo;
  return { selected, people: { url: `http://127.0.0.1:${port}`, username: "admin", password: "demo" } };
}

const landscape = generateLandscape({ hosts: 6, seed: 3 });
const ids = targetsOf(landscape).map(({ id }) => id);
const later: Answer = [503, {}, { "Retry-After": "0" }];
const signedIn: Answer = [200, { access_token: "a token" }];

it("asks again where it is told when, and where a target is not known yet", async () => {
  const { selected, people } = await serve((path, time) => {
    if (time === 1) return later;
    if (path === "/api/session") return time === 2 ? [429, {}, { "Retry-After": "0" }] : signedIn;
    return time === 2 ? [404] : [202];
  });
  await selectChecks(landscape, people, 0);
  expect(selected).toEqual(new Set(ids));
});

it("signs in again when its token has come to its end", async () => {
  let token = 0;
  const { selected, people } = await serve((path, time, given) => {
    if (path === "/api/session") {
      token = time;
      return [200, { access_token: String(time) }];
    }
    const isOld = path.includes(ids[1] ?? "") && given === "Bearer 1";
    return isOld ? [401] : [202];
  });
  await selectChecks(landscape, people, 0);
  expect([token, selected]).toEqual([2, new Set(ids)]);
});

it("says which target refuses, and goes on with the others", async () => {
  const [first = ""] = ids;
  const { selected, people } = await serve((path) =>
    path === "/api/session" ? signedIn : path.includes(first) ? [422] : [202],
  );
  await expect(selectChecks(landscape, people, 0)).rejects.toThrow(/^not for .+ \(422\)$/);
  expect(selected).toEqual(new Set(ids.slice(1)));
});
