/** What the front of the self-hosted server costs: heartbeats through it, against heartbeats straight to the runtime. */
import { type Comparison, compare } from "../compare.ts";
import { hostDiscovery, hostId } from "../hosts.ts";
import { type LoadOptions, load } from "../load.ts";
import { settled, type Target } from "../target.ts";

const AGENTS = 200;
const FIRST = 30_000;

export async function front(target: Target, seconds: number): Promise<Comparison> {
  const headers = { "X-Trento-ApiKey": target.server.apiKey };
  const options = { url: target.url, connections: 16 };
  await load({
    ...options,
    requests: AGENTS,
    expected: { status: 202 },
    shot: (n) => ({ method: "POST", path: "/api/v1/collect", headers, body: hostDiscovery(FIRST + n) }),
  });
  await settled(target);
  const beats: LoadOptions = {
    ...options,
    seconds,
    expected: { status: 204 },
    shot: (n) => ({
      method: "POST",
      path: `/api/v1/hosts/${hostId(FIRST + (n % AGENTS))}/heartbeat`,
      headers,
      body: "",
    }),
  };
  return compare(
    "heartbeats through the front, against the runtime alone",
    0.5,
    { ...beats, url: target.server.url },
    beats,
  );
}
