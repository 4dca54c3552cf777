/**
 * What each thing asks of the platform: counts, not times, so that they are the same on every machine. One after another, each
 * until nothing follows any more.
 */
import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { hostDiscovery, hostId } from "../hosts.ts";
import { fire, type Shot } from "../load.ts";
import { countDiskWork, type DiskWork } from "../syscalls.ts";
import { readCounters, runtimeOf, settled, type Target } from "../target.ts";

/** Ids of their own, apart from those of other parts. */
const FIRST = 60_000;
const HEARD = FIRST - 1;
/** What is counted is the sum of so many, one after another. */
const TIMES = 4;
/** Each asks for one fact. */
const CHECKS = { ED6E01: "token", ED6E03: "retransmits", ED6E05: "join" };
const ENVIRONMENT = { cluster_type: "hana_scale_up", provider: "azure", architecture_type: "classic" };

export interface Counts extends DiskWork {
  /** Of Durable Objects, by stubs. */
  readonly calls: number;
  readonly messages: number;
  readonly statements: number;
  /** Written, in objects and in D1. */
  readonly rows: number;
}

export async function counts(target: Target): Promise<Readonly<Record<string, Counts>>> {
  const { apiKey } = target.server;
  const send = async (shot: Omit<Shot, "headers">, expected: number, headers = {}) => {
    const agent = new Agent({ keepAlive: false });
    const sent = { ...shot, headers: { "X-Trento-ApiKey": apiKey, ...headers } };
    const { status, body } = await fire(agent, target.url, sent);
    if (status !== expected) throw new Error(`${shot.path}: ${status} ${body.slice(0, 300)}`);
  };
  const collect = (body: string) => send({ method: "POST", path: "/api/v1/collect", body }, 202);
  const beat = (index: number) =>
    send({ method: "POST", path: `/api/v1/hosts/${hostId(index)}/heartbeat`, body: "" }, 204);

  async function execute(): Promise<void> {
    const [execution_id, group_id] = [randomUUID(), randomUUID()];
    const agents = [randomUUID(), randomUUID()];
    const targets = agents.map((agent_id) => ({ agent_id, checks: Object.keys(CHECKS) }));
    const start = { execution_id, group_id, targets, target_type: "cluster", env: ENVIRONMENT };
    const asUser = { Authorization: `Bearer ${target.token}` };
    const path = "/api/v2/checks/executions/start";
    await send({ method: "POST", path, body: JSON.stringify(start) }, 202, asUser);
    for (const agent_id of agents) {
      const facts_gathered = Object.entries(CHECKS).map(([check_id, name]) => ({
        check_id,
        name,
        value: 30_000,
      }));
      const told = JSON.stringify({ execution_id, group_id, agent_id, facts_gathered });
      await send({ method: "POST", path: "/api/v1/relays/facts", body: told }, 202);
    }
  }

  async function count(work: () => Promise<void>): Promise<Counts> {
    const before = await readCounters(target);
    const disk = await countDiskWork(runtimeOf(target), work);
    const after = await readCounters(target);
    const grown = (field: keyof typeof after) => after[field] - before[field];
    return {
      ...disk,
      calls: grown("calls"),
      messages: grown("messages"),
      statements: grown("statements"),
      rows: grown("rows") + grown("alarms") + grown("tableRowsWritten"),
    };
  }

  /** With all that follows. */
  async function countAll(each: (turn: number) => Promise<void>): Promise<Counts> {
    await settled(target);
    return count(async () => {
      for (let turn = 0; turn < TIMES; turn += 1) await each(turn);
      await settled(target);
    });
  }

  /** Hosts that were heard once would be lost by the time that nothing follows any more: so they are heard all the while. */
  async function countHeartbeats(): Promise<Counts> {
    const beats = setInterval(() => beat(HEARD).catch(() => undefined), 2_000);
    await collect(hostDiscovery(HEARD));
    await settled(target);
    clearInterval(beats);
    return count(async () => {
      for (let turn = 0; turn < TIMES; turn += 1) await beat(HEARD);
    });
  }

  // What all share is there by then.
  for (let turn = 0; turn < TIMES; turn += 1) await collect(hostDiscovery(FIRST + turn));
  await execute();
  return {
    "nothing at all": await countAll(async () => {}),
    "an unchanged discovery": await countAll((turn) => collect(hostDiscovery(FIRST + turn))),
    "a changed discovery": await countAll((turn) => collect(hostDiscovery(FIRST + turn, 9))),
    "a first discovery": await countAll((turn) => collect(hostDiscovery(FIRST + TIMES + turn))),
    "an execution of 3 checks on 2 targets": await countAll(execute),
    "a heartbeat that changes nothing": await countHeartbeats(),
  };
}
