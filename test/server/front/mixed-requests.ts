/** Requests of all kinds, a good third of them bad, and what each is to be told. */
import type { OddClients, Told } from "./odd-clients.ts";

/** What a request needs to be a good one. */
export interface Credentials {
  readonly apiKey: string;
  token(): Promise<string>;
  readonly hostIds: readonly string[];
  /** Of hosts that are known: discoveries as they were sent before. */
  readonly discoveries: readonly string[];
  /** A room that may be entered. */
  readonly room: string;
}

export interface Kind {
  /** Of all kinds together. */
  readonly weight: number;
  /** @param nth of all requests. @returns what was wrong with the answer, or nothing */
  readonly ask: (clients: OddClients, credentials: Credentials, nth: number) => Promise<string>;
}

const JSON_TYPE = { "Content-Type": "application/json" };
const junk = (size: number) => Buffer.alloc(size, "x");
const [SMALL, MIDDLE, LARGE, VAST, TOO_LARGE] = [300, 90_000, 1_000_000, 7_000_000, 9_000_000].map(junk);

function expected(told: Told, status: number, beginning = ""): string {
  if ("failure" in told) return told.failure;
  const isRight = told.status === status && told.body.startsWith(beginning);
  return isRight ? "" : `${told.status} instead of ${status}: ${told.body.slice(0, 80)}`;
}

const pick = <T>(all: readonly T[], nth: number): T => {
  const one = all[nth % all.length];
  if (one === undefined) throw new Error("there is none");
  return one;
};

const head = (method: string, path: string, ...headers: readonly string[]) =>
  [`${method} ${path} HTTP/1.1`, "Host: a", ...headers, "", ""].join("\r\n");

const stranger = (body: Buffer | undefined): Kind["ask"] => {
  return async (clients) =>
    expected(await clients.say("bad", "/api/v1/collect", { method: "POST", ...(body ? { body } : {}) }), 401);
};

const SOCKET = [
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

export const kinds: Readonly<Record<string, Kind>> = {
  "a heartbeat": {
    weight: 30,
    ask: async (clients, { hostIds, apiKey }, nth) => {
      const path = `/api/v1/hosts/${pick(hostIds, nth)}/heartbeat`;
      const headers = { "X-Trento-ApiKey": apiKey };
      return expected(await clients.say("good", path, { method: "POST", headers }), 204);
    },
  },
  "a discovery": {
    weight: 20,
    ask: async (clients, { discoveries, apiKey }, nth) => {
      const headers = { "X-Trento-ApiKey": apiKey, ...JSON_TYPE };
      const saying = { method: "POST", headers, body: pick(discoveries, nth) };
      return expected(await clients.say("good", "/api/v1/collect", saying), 202, "{}");
    },
  },
  "a list": {
    weight: 8,
    ask: async (clients, { token }) => {
      const headers = { Authorization: `Bearer ${await token()}`, "Accept-Encoding": "identity" };
      return expected(await clients.say("good", "/api/v1/hosts", { headers }), 200, "[{");
    },
  },
  "a change": {
    weight: 1,
    ask: async (clients, { hostIds, token }, nth) => {
      const headers = { Authorization: `Bearer ${await token()}`, ...JSON_TYPE };
      const saying = { method: "POST", headers, body: JSON.stringify({ value: `nth-${nth}` }) };
      return expected(await clients.say("good", `/api/v1/hosts/${pick(hostIds, nth)}/tags`, saying), 201);
    },
  },
  "a page": { weight: 4, ask: async (clients) => expected(await clients.say("good", "/"), 200, "<!") },
  "300 bytes of a stranger": { weight: 10, ask: stranger(SMALL) },
  "90 KB of a stranger": { weight: 8, ask: stranger(MIDDLE) },
  "1 MB of a stranger": { weight: 2, ask: stranger(LARGE) },
  "7 MB of a stranger": { weight: 0.3, ask: stranger(VAST) },
  "too much, by its length": {
    weight: 0.5,
    ask: async (clients, { apiKey }) => {
      const saying = { method: "POST", headers: { "X-Trento-ApiKey": apiKey }, body: TOO_LARGE ?? "" };
      return expected(await clients.say("bad", "/api/v1/collect", saying), 413);
    },
  },
  "too much, in chunks": {
    weight: 0.3,
    ask: async (clients, { apiKey }) => {
      const headers = { "X-Trento-ApiKey": apiKey, "Transfer-Encoding": "chunked" };
      const saying = { method: "POST", headers, body: TOO_LARGE ?? "" };
      return expected(await clients.say("bad", "/api/v1/collect", saying), 413);
    },
  },
  "too much for the Worker": {
    weight: 2,
    ask: async (clients) => {
      const saying = { method: "POST", headers: JSON_TYPE, body: LARGE ?? "" };
      return expected(await clients.say("bad", "/api/session", saying), 413);
    },
  },
  "a body to a page": {
    weight: 3,
    ask: async (clients) =>
      expected(await clients.say("bad", "/", { method: "POST", body: MIDDLE ?? "" }), 405),
  },
  "a body with a GET": {
    weight: 2,
    ask: async (clients) => expected(await clients.say("bad", "/api/v1/hosts", { body: MIDDLE ?? "" }), 401),
  },
  "a reset in the midst of a body": {
    weight: 4,
    ask: async (clients, _, nth) => {
      const said = `${head("POST", "/api/v1/collect", "Content-Length: 100000")}${"x".repeat(50_000)}`;
      await clients.go(said, (socket) => setTimeout(() => socket.resetAndDestroy(), nth % 20), 1_500);
      return "";
    },
  },
  "a client that goes while it waits": {
    weight: 3,
    ask: async (clients, { token }, nth) => {
      const said = head("GET", "/api/v1/hosts", `Authorization: Bearer ${await token()}`);
      await clients.go(said, (socket) => setTimeout(() => socket.destroy(), nth % 12), 1_500);
      return "";
    },
  },
  "a client that ends its half": {
    weight: 2,
    ask: async (clients) => {
      await clients.go(head("GET", "/api/healthz"), (socket) => socket.end(), 1_500);
      return "";
    },
  },
  "a client that ends its half in the midst of a body": {
    weight: 1,
    ask: async (clients) => {
      const said = `${head("POST", "/api/v1/collect", "Content-Length: 500")}xxx`;
      await clients.go(said, (socket) => socket.end(), 1_500);
      return "";
    },
  },
  "a slow reader": {
    weight: 1,
    ask: async (clients) => expected(await clients.say("bad", "/scalar.js", { slowly: 10 }), 200),
  },
  "a socket that goes without a word": {
    weight: 1,
    ask: async (clients, { token, room }) => {
      const said = head("GET", `${room}?access_token=${await token()}&_pk=x`, ...SOCKET);
      const line = await clients.go(said, (socket) => socket.once("data", () => socket.end()), 30_000);
      return line.includes(" 101 ") ? "" : `no socket, but ${line}`;
    },
  },
};
