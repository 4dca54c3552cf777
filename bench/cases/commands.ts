/** Commands on one aggregate, and on a thousand, against one row a request. */
import { type Comparison, compare } from "../compare.ts";
import { hostId, registerCommand } from "../hosts.ts";
import { type LoadOptions, load, type Shot } from "../load.ts";
import type { Target } from "../target.ts";

function post(path: string, id: string, body: unknown): Shot {
  return { method: "POST", path: `${path}?id=${id}`, body: JSON.stringify(body) };
}

/** Every command changes something: one event each. */
function command(index: number, hosts: number): Shot {
  const id = hostId(index % hosts);
  const data = { host_id: id, checks: [String(index)] };
  return post("/api/bench/command", id, { type: "SelectHostChecks", data });
}

export async function commands(target: Target, hosts: number, seconds: number): Promise<Comparison> {
  const { url } = target;
  const accepted = { status: 200, body: '"accepted"' };
  await load({
    url,
    connections: 8,
    requests: hosts,
    expected: accepted,
    shot: (index) => post("/api/bench/command", hostId(index), registerCommand(index)),
  });
  let index = 0;
  const options = { url, connections: 16, seconds };
  const product: LoadOptions = { ...options, expected: accepted, shot: () => command(index++, hosts) };
  const bare: LoadOptions = {
    ...options,
    expected: { status: 200 },
    shot: (n) => ({ ...command(n, hosts), path: `/api/bench/insert?id=${hostId(n % hosts)}` }),
  };
  return compare(`commands on ${hosts === 1 ? "one aggregate" : `${hosts} aggregates`}`, 0.7, product, bare);
}
