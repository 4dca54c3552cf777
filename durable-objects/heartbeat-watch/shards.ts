/** Which shard watches which agent. */
import type { DurableObjectBindings } from "../bindings.ts";

type ShardBindings = Pick<DurableObjectBindings, "HEARTBEAT_WATCH" | "HEARTBEAT_SHARDS">;

/** Shards unless `HEARTBEAT_SHARDS` says otherwise: some hundreds of agents each, for 2,000 agents. */
const DEFAULT_SHARDS = 8;

export function shardCount(env: Pick<DurableObjectBindings, "HEARTBEAT_SHARDS">): number {
  const shards = Number(env.HEARTBEAT_SHARDS ?? DEFAULT_SHARDS);
  return Number.isInteger(shards) && shards > 0 ? shards : DEFAULT_SHARDS;
}

/** Agent ids are version 5 UUIDs: any digits of them are spread evenly. */
export function shardOf(hostId: string, shards: number): number {
  return Number.parseInt(hostId.slice(0, 8), 16) % shards;
}

/** The number of shards is part of the name: with another number, other objects watch, and the old ones hand over. */
function shardStub(env: ShardBindings, shard: number, shards: number) {
  return env.HEARTBEAT_WATCH.getByName(`${shard}-of-${shards}`);
}

export function watchStub(env: ShardBindings, hostId: string) {
  const shards = shardCount(env);
  return shardStub(env, shardOf(hostId, shards), shards);
}

export function allWatchStubs(env: ShardBindings) {
  const shards = shardCount(env);
  return Array.from({ length: shards }, (_, shard) => shardStub(env, shard, shards));
}
