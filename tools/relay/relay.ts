/** A relay: agents on one side, the edge on the other, and the broker between them. */
import {
  type BrokerState,
  type FromRelay,
  PONG,
  relaySocketPath,
  toRelaySchema,
} from "../../checks/relay-messages.ts";
import { LastingSocket, TRIAL } from "../socket/lasting-socket.ts";
import { connectTo } from "../socket/web-socket.ts";
import { Discoveries } from "./agents/discoveries.ts";
import { BATCH_EVERY, Heartbeats } from "./agents/heartbeats.ts";
import { DiscoveryStore } from "./agents/store.ts";
import { Broker } from "./amqp/broker.ts";
import { Inbound } from "./amqp/inbound.ts";
import { Outbound } from "./amqp/outbound.ts";
import { EdgeApi } from "./edge/api.ts";
import { Metrics } from "./metrics.ts";
import type { RelayOptions } from "./options.ts";
import { type Listening, listen, newServer } from "./server.ts";

/** Milliseconds between two looks at what agents repeat. */
const CONFIRM_EVERY = 10_000;

export interface Relay extends Listening {
  readonly isLineOpen: boolean;
  readonly isBrokerConnected: boolean;
  readonly edgeIsAway: boolean;
}

export interface RelaySettings extends RelayOptions {
  readonly log: (line: string) => void;
}

function after(milliseconds: number, call: () => void): () => void {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
}

/** Does something again and again, one time after the other. */
function every(milliseconds: number, work: () => Promise<void>, log: (line: string) => void): () => void {
  let isStopped = false;
  let cancel = () => {};
  const again = () => {
    cancel = after(milliseconds, () => {
      work()
        .catch((error) => log(String(error)))
        .finally(() => {
          if (!isStopped) again();
        });
    });
  };
  again();
  return () => {
    isStopped = true;
    cancel();
  };
}

export async function startRelay(settings: RelaySettings): Promise<Relay> {
  const { edgeUrl, apiKey, amqp, name, host, port, dataDir, log } = settings;
  const metrics = new Metrics();
  const edge = new EdgeApi({
    url: edgeUrl,
    apiKey,
    onAnswer: (route, status) => metrics.edgeRequest(route, status),
  });
  const store = new DiscoveryStore(dataDir);
  const now = () => Date.now();

  const discoveries = new Discoveries({
    now,
    after,
    store,
    collect: (body) => edge.collect(body),
    missing: (held) => edge.missing(held),
    count: (outcome) => metrics.discovery(outcome),
    log,
  });
  const heartbeats = new Heartbeats({
    now,
    before: [...new Set(store.all().map(({ agentId }) => agentId))],
    heartbeats: (batch) => edge.heartbeats(batch),
    onUnknown: (id) => discoveries.resend(id),
    onDoubt: (id) => discoveries.doubt(id),
  });

  const inbound = new Inbound({
    now,
    wait: (milliseconds) => new Promise((resolve) => after(milliseconds, resolve)),
    sendFacts: (facts) => edge.facts(facts),
    sendExecution: (request) => edge.execution(request),
    count: (outcome) => metrics.incoming(outcome),
    log,
  });
  const broker =
    amqp === null
      ? null
      : new Broker({
          ...amqp,
          onMessage: (content) => inbound.take(content),
          log,
          onState: (isConnected, detail) => {
            log(isConnected ? "the broker is connected" : `the broker is away: ${detail}`);
            if (isConnected) outbound.goOn();
            tellState();
          },
          onBlocked: (reason) => {
            if (reason === blocked) return;
            blocked = reason;
            log(
              reason === null ? "the broker takes messages again" : `the broker takes no messages: ${reason}`,
            );
            tellState();
          },
        });
  /** In its own words why the broker takes nothing. */
  let blocked: string | null = null;
  const brokerState = (): BrokerState =>
    broker === null ? "none" : !broker.isConnected ? "away" : blocked === null ? "ok" : "blocked";
  const tellState = () => {
    const message: FromRelay = { type: "broker", state: brokerState(), detail: blocked };
    line?.send(JSON.stringify(message));
  };
  const outbound: Outbound = new Outbound({
    now,
    after,
    isBrokerConnected: () => broker?.isConnected ?? false,
    publish: (one) => broker?.publish(one) ?? Promise.reject(new Error("there is no broker")),
    published: (ids) => {
      // Not told, they come again: then they are published twice.
      const message: FromRelay = { type: "published", ids: [...ids] };
      line?.send(JSON.stringify(message));
    },
    count: (outcome) => metrics.outgoing(outcome),
    log,
  });
  const line =
    broker === null
      ? null
      : new LastingSocket(
          {
            connect: connectTo(edgeUrl, relaySocketPath(name), apiKey),
            after,
            onMessage: (text) => {
              const message = text === PONG ? null : toRelaySchema.safeParse(jsonOf(text));
              if (message?.success) outbound.add(message.data);
              else if (message !== null) log("the edge said what this relay does not understand");
            },
            onState: (isOpen) => {
              log(isOpen ? "the line to the edge is open" : "the line to the edge is lost");
              // That all is well is what the edge takes it for.
              if (isOpen && brokerState() !== "ok") tellState();
            },
          },
          TRIAL,
        );

  metrics.watch({
    hosts: () => heartbeats.hosts,
    waitingDiscoveries: () => store.waiting(),
    waitingPublications: () => outbound.waiting,
    isLineOpen: () => line?.isOpen ?? false,
    isBrokerConnected: () => broker?.isConnected ?? false,
    isBrokerBlocked: () => blocked !== null,
  });
  const app = newServer({
    apiKey,
    collect: (body) => discoveries.take(body),
    heartbeat: (id) => heartbeats.take(id),
    health: () => ({
      edge: discoveries.isEdgeAway ? "away" : "ok",
      broker: brokerState(),
      broker_detail: blocked,
    }),
    metrics,
  });
  const listening = await listen(app, host, port);
  await broker?.open();
  line?.open();
  const stops = [
    every(BATCH_EVERY, () => heartbeats.tell(), log),
    every(CONFIRM_EVERY, () => discoveries.confirm(), log),
  ];

  return {
    url: listening.url,
    get isLineOpen() {
      return line?.isOpen ?? false;
    },
    get isBrokerConnected() {
      return broker?.isConnected ?? false;
    },
    get edgeIsAway() {
      return discoveries.isEdgeAway;
    },
    stop: async () => {
      for (const stop of stops) stop();
      await listening.stop();
      // What was heard since the last batch is not lost while the relay is away.
      await heartbeats.tell();
      inbound.stop();
      outbound.stop();
      line?.close();
      await broker?.close();
      discoveries.close();
      store.close();
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
