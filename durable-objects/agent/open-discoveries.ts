/** Tells people of discoveries that are not in force; what they told before is stale until one of the type is applied. */
import { z } from "zod";
import { isNews } from "../../domain/agent/delay.ts";
import type { AgentAggregate, AgentCommand } from "../../domain/agent/index.ts";
import { isNoted, openOf } from "../../domain/agent/index.ts";
import { because, type Obstacle } from "../../domain/agent/open-discovery.ts";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { ipv6Of } from "../../domain/discovery/ipv6.ts";
import type { DiscoveredCommand } from "../../domain/discovery/policy.ts";
import type { AggregateCommand } from "../streams.ts";
import { errorOf, HOST_NOT_REGISTERED, isGone } from "./dispatch.ts";
import type { Delay } from "./facts.ts";
import type { AttachedInstance, Memory } from "./memory.ts";
import type { AgentPorts } from "./ports.ts";
import type { Reasons } from "./reasons.ts";

const namedSchema = z.object({ hostname: z.string().trim().min(1).max(255) });

/** How a host calls itself whose registration is refused: it has no other name. */
export function hostnameIn(type: DiscoveryType, payload: unknown): string | null {
  const parsed = namedSchema.safeParse(type === "host_discovery" ? payload : null);
  return parsed.success ? parsed.data.hostname : null;
}

/** The agent's own stream. */
export interface Notes {
  read(): AgentAggregate;
  note(command: AgentCommand, correlationId: string, actor?: string): void;
}

interface Heard {
  readonly agentId: string;
  readonly type: DiscoveryType;
  readonly correlationId: string;
}

/** What a type of discovery told before. */
function told(
  type: DiscoveryType,
  memory: Memory,
): { instances: AttachedInstance[]; clusterId: string | null } {
  return {
    instances: type === "sap_system_discovery" ? memory.instances.filter(({ gone }) => !gone) : [],
    clusterId: type === "ha_cluster_discovery" ? memory.facts.get("clusterId") : null,
  };
}

/** What was told before by commands that were not applied this time. */
function toldBy(unapplied: readonly DiscoveredCommand[], memory: Memory) {
  const isMeant = ({ kind, instanceNumber, gone }: AttachedInstance) =>
    !gone &&
    unapplied.some(
      ({ type, data }) =>
        "instance_number" in data &&
        data.instance_number === instanceNumber &&
        (kind === "database") === type.includes("DatabaseInstance"),
    );
  const clusterId = memory.facts.get("clusterId");
  const isOwnCluster = unapplied.some(({ data }) => "cluster_id" in data && data.cluster_id === clusterId);
  return { instances: memory.instances.filter(isMeant), clusterId: isOwnCluster ? clusterId : null };
}

function staleness(
  { instances, clusterId }: ReturnType<typeof told>,
  host_id: string,
  stale_at: string,
): AggregateCommand[] {
  const ofInstances = instances.map(({ kind, aggregateId, instanceNumber }): AggregateCommand => {
    const common = { host_id, instance_number: instanceNumber, stale_at };
    return kind === "application"
      ? { type: "MarkApplicationInstanceDataStale", data: { sap_system_id: aggregateId, ...common } }
      : { type: "MarkDatabaseInstanceDataStale", data: { database_id: aggregateId, ...common } };
  });
  if (clusterId === null) return ofInstances;
  return [
    ...ofInstances,
    { type: "MarkClusterHostStale", data: { cluster_id: clusterId, host_id, stale_at } },
  ];
}

export class OpenDiscoveries {
  readonly #notes: Notes;
  readonly #memory: Memory;
  readonly #ports: AgentPorts;

  constructor(notes: Notes, memory: Memory, ports: AgentPorts) {
    this.#notes = notes;
    this.#memory = memory;
    this.#ports = ports;
  }

  /** A repetition is no news: it costs no row, no call and no message. */
  isNoted(type: DiscoveryType, obstacle: Obstacle): boolean {
    return isNoted(openOf(this.#notes.read(), type), obstacle);
  }

  /** Of a payload that cannot be read nothing is known: all that the type told before is stale. */
  async refuse(heard: Heard, obstacle: Obstacle, hostname: string | null): Promise<void> {
    if (!this.isNoted(heard.type, obstacle))
      await this.#note(heard, obstacle, hostname, told(heard.type, this.#memory));
  }

  /** What waited was applied, and is not what the agent says by now. */
  async remainStale(heard: Heard): Promise<void> {
    const since = openOf(this.#notes.read(), heard.type)?.since;
    if (since !== undefined) await this.#markStale(heard, told(heard.type, this.#memory), since);
  }

  /**
   * What became of its commands. What was refused comes first: the other two come to an end by themselves.
   * @param delay null where all could be told to who is to apply it
   */
  async tell(
    heard: Heard,
    { errors, delays, waitsFor }: Reasons,
    unapplied: readonly DiscoveredCommand[],
    delay: Delay | null,
  ): Promise<void> {
    const others = waitsFor.filter((reason) => reason !== HOST_NOT_REGISTERED);
    if (errors.length > 0) return this.#hold(heard, because("refused", errors), unapplied);
    if (delay !== null && isNews(delay.since, this.#ports.now()))
      return this.#hold(heard, because("delayed", delays), unapplied, delay.since);
    if (unapplied.length > 0 && unapplied.every((one) => this.#isCalled(one))) return;
    if (others.length > 0) await this.#hold(heard, because("parked", others), unapplied);
    else if (delay === null) this.#apply(heard);
  }

  /** It waits for a database that has just been announced by this agent itself: it is called at once. */
  #isCalled({ type, data }: DiscoveredCommand): boolean {
    if (type !== "DiscoverApplicationInstance") return false;
    const address = ipv6Of(data.db_host) ?? data.db_host;
    return this.#memory.facts
      .get("announced")
      .some(({ tenant, addresses }) => tenant === data.tenant && addresses.includes(address));
  }

  /** Some of it could not be applied: that is stale. */
  async #hold(
    heard: Heard,
    obstacle: Obstacle,
    unapplied: readonly DiscoveredCommand[],
    since: string | null = null,
  ): Promise<void> {
    if (!this.isNoted(heard.type, obstacle))
      await this.#note(heard, obstacle, null, toldBy(unapplied, this.#memory), since);
  }

  #apply({ agentId, type, correlationId }: Heard): void {
    if (openOf(this.#notes.read(), type) !== null)
      this.#notes.note(
        { type: "NoteApplied", data: { host_id: agentId, discovery_type: type } },
        correlationId,
      );
  }

  forget(agentId: string, correlationId: string, actor: string): void {
    if (this.#notes.read().open.length > 0)
      this.#notes.note({ type: "ForgetDiscoveries", data: { host_id: agentId } }, correlationId, actor);
  }

  /** Noted last: interrupted before that, or failed, it is no repetition next time, and is done whole. */
  async #note(
    { agentId, type, correlationId }: Heard,
    obstacle: Obstacle,
    hostname: string | null,
    old: ReturnType<typeof told>,
    begun: string | null = null,
  ): Promise<void> {
    const noted_at = begun ?? new Date(this.#ports.now()).toISOString();
    const since = openOf(this.#notes.read(), type)?.since ?? noted_at;
    const isMarked = await this.#markStale({ agentId, type, correlationId }, old, since);
    // Who cannot be reached cannot be marked either, and this is what people are told of.
    if (!isMarked && obstacle.state !== "delayed") return;
    this.#notes.note(
      {
        type: "NoteObstacle",
        data: { host_id: agentId, discovery_type: type, ...obstacle, noted_at, hostname },
      },
      correlationId,
    );
  }

  /** @returns false when it is to be tried again */
  async #markStale(
    { agentId, correlationId }: Heard,
    old: ReturnType<typeof told>,
    since: string,
  ): Promise<boolean> {
    const metadata = { correlationId, causationId: null, actor: `agent:${agentId}` };
    try {
      for (const command of staleness(old, agentId, since)) {
        const error = errorOf(await this.#ports.send(command, metadata, this.#ports.newId(), "when_changed"));
        if (error !== null && !isGone(error)) console.warn(`${command.type} was refused: ${error}`);
      }
      return true;
    } catch (error) {
      // The agent is answered what is wrong with its discovery, whatever else is wrong.
      console.error(`what ${agentId} told before could not be marked stale, and will be`, error);
      return false;
    }
  }
}
