/** The Durable Object of an agent: its raw discoveries, and what they told before. */
import { type HeldDiscoveries, PING, PONG } from "../checks/relay-messages.ts";
import {
  type AgentAggregate,
  type AgentCommand,
  type AgentEvent,
  type AgentRefusal,
  agent,
} from "../domain/agent/index.ts";
import { type DiscoveryType, discoveryTypes } from "../domain/discovery/envelope.ts";
import { Conversation, type FactsGatheringRequest } from "./agent/conversation.ts";
import { Delays } from "./agent/delays.ts";
import { Discoveries, type Discovery } from "./agent/discoveries.ts";
import type { HostCause } from "./agent/facts.ts";
import { type Failure, Failures } from "./agent/failures.ts";
import { deregister, markStale } from "./agent/farewell.ts";
import { DISPATCHED_ANEW_AFTER } from "./agent/freshness.ts";
import { type IncomingDiscovery, Intake, type IntakeOutcome } from "./agent/intake.ts";
import type { Layer } from "./agent/layers.ts";
import { Memory } from "./agent/memory.ts";
import { OpenDiscoveries } from "./agent/open-discoveries.ts";
import { agentPorts } from "./agent/platform.ts";
import type { AgentPorts } from "./agent/ports.ts";
import { createTables } from "./agent/tables.ts";
import { AlarmClock } from "./alarm-clock.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { AggregateObject } from "./event-stream/aggregate-object.ts";
import type { AggregateDefinition } from "./event-stream/definition.ts";
import type { Subscriber } from "./event-stream/subscribers.ts";
import { count } from "./metrics/tally.ts";
import { executionStub } from "./streams.ts";
import { Turns } from "./turns.ts";

const MOST_CLUSTER_DOUBTS = 3;

type Held = HeldDiscoveries["agents"][number]["discoveries"][number];

/** Told by the edge, which knows it from the path. */
export const AGENT_HEADER = "x-agent-id";

export const agentDefinition: AggregateDefinition<AgentAggregate, AgentCommand, AgentEvent, AgentRefusal> = {
  ...agent,
  type: "agent",
  upcasters: {},
  snapshotSchema: 1,
  closedBy: null,
  reopenedBy: [],
};

/** Its stream tells which of its discoveries are not in force; all else is beside it, and known to nobody but the agent. */
export class AgentObject extends AggregateObject<AgentAggregate, AgentCommand, AgentEvent, AgentRefusal> {
  readonly #discoveries: Discoveries;
  readonly #failures: Failures;
  readonly #memory: Memory;
  readonly #open: OpenDiscoveries;
  readonly #ports: AgentPorts;
  readonly #intake: Intake;
  readonly #conversation: Conversation;
  readonly #clock: AlarmClock<"delivery" | DiscoveryType>;
  readonly #turns = new Turns();
  /** When the agent's word on its cluster was doubted lately, in milliseconds. */
  #clusterDoubts: number[] = [];

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env, agentDefinition);
    createTables(ctx.storage.sql);
    this.#discoveries = new Discoveries(ctx.storage);
    this.#failures = new Failures(ctx.storage);
    this.#memory = new Memory(ctx.storage.sql);
    this.#ports = agentPorts(env);
    const notes = { read: () => this.state, note: this.#note.bind(this) };
    this.#open = new OpenDiscoveries(notes, this.#memory, this.#ports);
    this.#clock = new AlarmClock(ctx.storage);
    this.#clock.createTable();
    const { facts } = this.#memory;
    const delays = new Delays(facts, this.#clock, { now: () => Date.now(), random: () => Math.random() });
    this.#intake = new Intake(
      this.#discoveries,
      this.#failures,
      this.#memory,
      this.#open,
      delays,
      this.#ports,
    );
    this.#conversation = new Conversation(ctx.storage.sql, {
      now: () => Date.now(),
      sockets: () => ctx.getWebSockets(),
      agentOf: (socket) => ctx.getTags(socket)[0] ?? null,
      deliver: (agentId, answer) => executionStub(env, answer.execution_id).receiveFacts(agentId, answer),
    });
  }

  protected override subscribers(): readonly Subscriber[] {
    return [{ name: "projector", queue: this.env.PROJECTOR_QUEUE }, ...this.webhooks()];
  }

  protected override wakeForDelivery(at: number): void {
    this.#clock.set("delivery", at);
  }

  protected override async isDeliveryAhead(): Promise<boolean> {
    return this.#clock.timeOf("delivery") !== null;
  }

  /** Whatever it is to be woken for. */
  override async look(checkpoints: Readonly<Record<string, number>> | null): Promise<void> {
    if (this.#memory.facts.get("delays").length > 0 || (await this.isDeliveryAhead())) this.#clock.rearm();
    await super.look(checkpoints);
  }

  /** What is due stays so until it is done, or set anew: a crash costs a repetition. */
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.ring(info);
    this.#clock.ring(info);
    const due = this.#clock.due(Date.now());
    for (const type of discoveryTypes.filter((one) => due.includes(one)))
      await this.#turns.take(() => this.#intake.retry(type, crypto.randomUUID()));
    await this.#deliver();
    this.#clock.rearm();
  }

  /** It sets the next time itself, if there is one. Before times were kept, the alarm rang for nothing else. */
  async #deliver(): Promise<void> {
    const at = this.#clock.timeOf("delivery");
    if (at !== null && at > Date.now()) return;
    await this.redeliver();
    if (this.#clock.timeOf("delivery") === at && at !== null) this.#clock.clear("delivery");
  }

  /** @param actor who brought it about, where it is not the agent */
  #note(command: AgentCommand, correlationId: string, actor?: string): void {
    const { host_id: id } = command.data;
    this.handle({
      stream: { type: "agent", id },
      command,
      commandId: crypto.randomUUID(),
      keepOutcome: "when_changed",
      metadata: { correlationId, causationId: null, actor: actor ?? `agent:${id}` },
    });
  }

  /** Nobody wants to be told of what this agent sent; what it sends next is another matter. */
  async dismiss(agentId: string, correlationId: string, actor: string): Promise<void> {
    await this.#turns.take(async () => this.#open.forget(agentId, correlationId, actor));
  }

  /** Opens the agent's socket. Who comes was authenticated at the edge, which tells the agent's id. */
  override async fetch(request: Request): Promise<Response> {
    const pair = new WebSocketPair();
    // A line that is dead is noticed by it, and nobody is woken.
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    this.ctx.acceptWebSocket(pair[1], [request.headers.get(AGENT_HEADER) ?? ""]);
    this.#conversation.greet(pair[1]);
    count("trento_edge_agent_sockets_total", { event: "opened" });
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    try {
      await this.#conversation.hear(socket, data);
    } catch (error) {
      // The agent comes back, and is asked again.
      console.error("an answer could not be handed on", error);
      socket.close(1011, "Try again");
    }
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    count("trento_edge_agent_sockets_total", { event: "closed" });
    // Codes that are reserved for what no peer says may not be sent back.
    socket.close(code >= 3000 || code === 1000 ? code : 1000);
  }

  async ask(request: FactsGatheringRequest): Promise<void> {
    this.#conversation.ask(request);
  }

  async askForDiscovery(type: DiscoveryType): Promise<void> {
    this.#conversation.askForDiscovery(type);
  }

  /** Whether this very payload is in force already. Writes nothing and calls nobody. */
  async holds(type: DiscoveryType, hash: string): Promise<boolean> {
    return this.#intake.holds(type, hash);
  }

  /**
   * An agent repeats these, as its relay says. What is in force is dispatched anew now and then, as with an agent that repeats
   * itself here.
   * @returns which of them are not what is in force here: they are to be sent whole
   */
  async confirm(held: readonly Held[], correlationId: string): Promise<DiscoveryType[]> {
    return this.#turns.take(async () => {
      await this.#leaveAtLast();
      const missing: DiscoveryType[] = [];
      for (const { discovery_type: type, hash } of held) {
        if (!(await this.#intake.confirm(type, hash, correlationId))) missing.push(type);
      }
      return missing;
    });
  }

  /** One at a time: an agent sends all its first discoveries at once. */
  async collect(incoming: IncomingDiscovery): Promise<IntakeOutcome> {
    return this.#turns.take(async () => {
      await this.#leaveAtLast();
      return this.#intake.take(incoming);
    });
  }

  /** What was accepted is not known to hold any more: the next discoveries are dispatched in full. */
  async forget(): Promise<void> {
    await this.#intake.forget();
  }

  /**
   * Another host has described the cluster since: what this one said as its controller is not in force any more, and counts
   * when it says so again. Two hosts that both go on saying so, and disagree, would take that for news from each other at
   * every repetition: after some doubts within the time for which anything is trusted, the doubt waits for that to pass.
   */
  async doubtCluster(): Promise<void> {
    await this.#turns.take(async () => {
      const now = Date.now();
      this.#clusterDoubts = this.#clusterDoubts.filter((at) => now - at < DISPATCHED_ANEW_AFTER);
      if (this.#clusterDoubts.length >= MOST_CLUSTER_DOUBTS) return;
      this.#clusterDoubts.push(now);
      if (this.#memory.facts.get("controls")) await this.#intake.doubt("ha_cluster_discovery");
    });
  }

  /** As if the agent had said once more, of one layer, what it said last of its SAP systems. */
  async hearAgain(layer: Layer, correlationId: string): Promise<void> {
    await this.#turns.take(async () => {
      // What moved away meanwhile is not claimed back.
      if (layer === "application") await this.#lookAtSystems();
      await this.#intake.hearAgain(layer, correlationId);
    });
  }

  /** An aggregate changed in what it has of this host: an instance moved or was removed, or all of it is gone, or back. */
  async review(layer: Layer, aggregateId: string, hostId: string, correlationId: string): Promise<void> {
    await this.#turns.take(async () => {
      if (!(await this.#look(layer, aggregateId, hostId))) return;
      await this.#intake.announce(hostId);
      await this.#intake.judgeTuning(hostId, correlationId);
    });
  }

  async #lookAtSystems(): Promise<void> {
    const hostId = this.#discoveries.get("sap_system_discovery")?.agentId;
    if (hostId === undefined) return;
    const systems = this.#memory.instances.filter(({ kind }) => kind === "application");
    for (const id of new Set(systems.map(({ aggregateId }) => aggregateId))) {
      await this.#look("application", id, hostId);
    }
  }

  /** @returns whether an aggregate has something else of this host than was known */
  async #look(layer: Layer, aggregateId: string, hostId: string): Promise<boolean> {
    const { numbers, gone } = await this.#ports.instancesOn(layer, aggregateId, hostId);
    const left = this.#memory.review(layer, aggregateId, numbers, gone);
    if (left === null) return false;
    const { facts } = this.#memory;
    facts.set("left", [...new Set([...facts.get("left"), ...left])]);
    await this.#intake.doubt("sap_system_discovery");
    return true;
  }

  /** The host is given up for lost. */
  async markStale(cause: HostCause): Promise<void> {
    await this.#turns.take(async () => {
      if (this.#hasFollowed(cause)) return;
      // Before and after: what is marked only in part, and told of again, is healed by what comes in between, too.
      await this.#intake.fallSilent();
      await markStale(cause, this.#memory, this.#ports);
      await this.#intake.fallSilent();
      this.#memory.facts.set("followed", cause.version);
    });
  }

  /** Everything that hangs on the host is taken away, and then the host itself. */
  async deregister(cause: HostCause): Promise<void> {
    await this.#turns.take(async () => {
      if (this.#hasFollowed(cause)) return;
      this.#memory.facts.set("leaving", cause);
      await this.#leave(cause);
    });
  }

  /** Told again after the agent came back, it would take away what is there anew. */
  #hasFollowed({ version }: HostCause): boolean {
    return version <= this.#memory.facts.get("followed");
  }

  async #leave(cause: HostCause): Promise<void> {
    const { facts } = this.#memory;
    await deregister(cause, this.#memory, this.#ports);
    await this.#intake.fallSilent();
    await this.#intake.announce(cause.hostId);
    this.#open.forget(cause.hostId, cause.correlationId, "system");
    facts.set("followed", cause.version);
    facts.set("leaving", null);
  }

  /** A deregistration that was interrupted is completed before the agent is heard again: nothing comes in between. */
  async #leaveAtLast(): Promise<void> {
    const cause = this.#memory.facts.get("leaving");
    if (cause === null) return;
    try {
      await this.#leave(cause);
    } catch (error) {
      console.error(`the deregistration of ${cause.hostId} is not complete yet`, error);
    }
  }

  async discoveries(): Promise<{ latest: Discovery[]; failures: Failure[] }> {
    return { latest: this.#discoveries.all(), failures: this.#failures.all() };
  }

  /** The body of a kept failure, as it came; null when there is none of that id. */
  async failureBody(id: string): Promise<string | null> {
    return this.#failures.body(id);
  }
}
