/** Plays the agents of a landscape against a server. */
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { FactSocket, type FactSocketPorts } from "../agent/fact-socket.ts";
import { discoveriesOf, envelopeOf, HEARTBEAT_PERIOD, periods, sentTypes } from "./discoveries.ts";
import { factsOf } from "./facts/index.ts";
import type { Landscape, SimulatedHost } from "./landscape.ts";
import { randomFrom } from "./random.ts";
import type { Transport } from "./transport.ts";

/** Time, as the agents have it. */
export interface Clock {
  /** Calls after a while, in milliseconds. @returns what cancels it */
  after(milliseconds: number, call: () => void): () => void;
}

export const realClock: Clock = {
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

const COLLECT = "/api/v1/collect";
/** Milliseconds from one start to the next, on the average: nobody switches on a data centre within a second. */
const BETWEEN_STARTS = 60;
/** Milliseconds over which a few starts are spread all the same. */
const START_WITHIN = 1_000;
/** Milliseconds that the gathering of facts takes. */
const GATHERING = 200;

/** Milliseconds over which the starts of so many agents are spread. */
function startsWithin(hosts: number): number {
  return Math.max(START_WITHIN, hosts * BETWEEN_STARTS);
}

/** Milliseconds after which so many agents have sent their first discoveries. */
export function startedAfter(hosts: number): number {
  return startsWithin(hosts) + START_WITHIN;
}

/** One agent: its first discoveries all at once, then each at its own pace, for ever. */
export class SimulatedAgent {
  readonly host: SimulatedHost;
  readonly #send: Transport;
  readonly #clock: Clock;
  readonly #cancel = new Map<string, () => void>();
  readonly #socket: FactSocket | null;

  /** @param connect opens its socket; without it, it answers no requests for facts */
  constructor(
    host: SimulatedHost,
    send: Transport,
    clock: Clock,
    connect: FactSocketPorts["connect"] | null = null,
  ) {
    this.host = host;
    this.#send = send;
    this.#clock = clock;
    this.#socket =
      connect === null
        ? null
        : new FactSocket({
            connect,
            after: (milliseconds, call) => clock.after(milliseconds, call),
            gather: (requests) =>
              new Promise((resolve) => {
                clock.after(GATHERING, () => resolve(factsOf(host, requests)));
              }),
            discover: (type) => this.#discover(type),
          });
  }

  start(delay: number): void {
    this.#repeat("start", delay, delay, () => {
      this.#cancel.get("start")?.();
      this.#listen();
      for (const type of sentTypes) {
        this.#discover(type);
        const period = periods[type];
        if (period !== undefined) this.#repeat(type, period, period, () => this.#discover(type));
      }
      this.#beat();
      this.#repeat("heartbeat", HEARTBEAT_PERIOD, HEARTBEAT_PERIOD, () => this.#beat());
    });
  }

  stop(): void {
    for (const cancel of this.#cancel.values()) cancel();
    this.#cancel.clear();
    this.#socket?.close();
  }

  /** The host is switched off, or on again. */
  setSilent(silent: boolean): void {
    this.host.isDown = silent;
    this.announce();
  }

  /** Something changed that the agent sees at its next discoveries; here at once, so that it can be watched. */
  announce(): void {
    this.#listen();
    for (const type of sentTypes) this.#discover(type);
    this.#beat();
  }

  /** A host that is switched off has no connections. */
  #listen(): void {
    if (this.host.isDown) this.#socket?.close();
    else this.#socket?.open();
  }

  #discover(type: DiscoveryType): void {
    if (this.host.isDown) return;
    const discovery = discoveriesOf(this.host).find((one) => one.type === type);
    if (discovery !== undefined) void this.#send(COLLECT, envelopeOf(this.host, discovery), 202);
  }

  #beat(): void {
    if (!this.host.isDown) void this.#send(`/api/v1/hosts/${this.host.id}/heartbeat`, "", 204);
  }

  #repeat(name: string, first: number, period: number, call: () => void): void {
    const arm = (wait: number) => {
      this.#cancel.set(
        name,
        this.#clock.after(wait, () => {
          arm(period);
          call();
        }),
      );
    };
    arm(first);
  }
}

/** Starts all agents, a little apart from each other. */
export function startAgents(
  landscape: Landscape,
  send: Transport,
  clock: Clock = realClock,
  connect: ((agentId: string) => FactSocketPorts["connect"]) | null = null,
): SimulatedAgent[] {
  const random = randomFrom(landscape.seed);
  const within = startsWithin(landscape.hosts.length);
  return landscape.hosts.map((host) => {
    const agent = new SimulatedAgent(host, send, clock, connect?.(host.id) ?? null);
    agent.start(Math.floor(random.next() * within));
    return agent;
  });
}

/** Posts every discovery once. The host comes first: the others would be kept for it, but that is not what is tested here. */
export async function postOnce(landscape: Landscape, send: Transport): Promise<boolean> {
  let all = true;
  const next = [...landscape.hosts];
  const work = async () => {
    for (let host = next.shift(); host !== undefined; host = next.shift()) {
      for (const discovery of discoveriesOf(host)) {
        const accepted = await send(COLLECT, envelopeOf(host, discovery), 202);
        all &&= accepted;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return all;
}
