/** The agent of a host: what it discovers, and what it answers when it is asked for facts. */
import { createHash } from "node:crypto";
import { toAgentSchema } from "../../../checks/agent-messages.ts";
import type { DiscoveryType } from "../../../domain/discovery/envelope.ts";
import { factsOf } from "../../../tools/simulate/facts/index.ts";
import type { SimulatedHost } from "../../../tools/simulate/landscape.ts";
import { SimulatedSocket } from "../objects.ts";
import type { LandscapeSystem } from "./system.ts";

/** Tries until a discovery must have been taken. */
const MOST_TRIES = 300;

/** Sends a discovery until it is taken; what it has to say anew takes the place of what was not taken yet. */
export class Agent {
  readonly #system: LandscapeSystem;
  readonly #host: SimulatedHost;
  readonly #latest = new Map<DiscoveryType, string>();
  readonly #sending = new Set<DiscoveryType>();

  constructor(system: LandscapeSystem, host: SimulatedHost) {
    this.#system = system;
    this.#host = host;
  }

  async say(type: DiscoveryType, body: string): Promise<void> {
    this.#latest.set(type, body);
    if (this.#sending.has(type)) return;
    this.#sending.add(type);
    for (let tries = 0; ; tries += 1) {
      const said = this.#latest.get(type) ?? body;
      const isTaken = await this.#send(type, said);
      if (isTaken && this.#latest.get(type) === said) break;
      if (tries > MOST_TRIES) {
        this.#system.world.problem(`${type} of ${this.#host.hostname} was never taken`);
        break;
      }
      if (!isTaken) await scheduler.wait(2_000);
    }
    this.#sending.delete(type);
  }

  /** As `workers/edge/collect.ts` does. */
  async #send(type: DiscoveryType, body: string): Promise<boolean> {
    const { world, bindings } = this.#system;
    const { id, hostname } = this.#host;
    const hash = createHash("sha256").update(body).digest("hex");
    try {
      const agent = bindings.AGENT.getByName(id);
      if (await agent.holds(type, hash)) return true;
      const correlationId = crypto.randomUUID();
      const outcome = await agent.collect({ agentId: id, type, body, hash, correlationId });
      // What is answered 202 is applied without the agent.
      if (["accepted", "parked", "delayed"].includes(outcome.status)) return true;
      world.trace(`${type} of ${hostname} ${JSON.stringify(outcome).slice(0, 300)}`);
      if (outcome.status === "invalid") world.problem(`${type} of ${hostname} is invalid`);
    } catch (error) {
      world.trace(`${type} of ${hostname}: ${error}`);
    }
    return false;
  }
}

/** Opens the agent's socket; now and then it is silent, and an execution must end without its answer. */
export function connect(system: LandscapeSystem, host: SimulatedHost): void {
  const { world } = system;
  const object = system.objectOf("agent", host.id);
  const socket = new SimulatedSocket();
  object.sockets = [socket];
  socket.send = (text: string) => {
    const asked = toAgentSchema.parse(JSON.parse(text));
    if (asked.type !== "FactsGatheringRequested") return;
    if (host.isDown || world.chance(world.faults.outside)) return;
    world.after(world.delay() * 5, `${host.hostname} answers`, () => {
      const { execution_id, group_id, fact_requests } = asked;
      const facts_gathered = factsOf(host, fact_requests);
      const answer = JSON.stringify({ type: "FactsGathered", execution_id, group_id, facts_gathered });
      object.deliver(
        "webSocketMessage",
        [socket, answer],
        () => {},
        () => {},
      );
    });
  };
}
