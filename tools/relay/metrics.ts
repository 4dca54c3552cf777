/** What a relay tells Prometheus of itself. */
import { Counter, Gauge, Registry } from "prom-client";

/** What is looked at whenever somebody asks. */
export interface Gauged {
  hosts(): number;
  waitingDiscoveries(): number;
  waitingPublications(): number;
  isLineOpen(): boolean;
  isBrokerConnected(): boolean;
  isBrokerBlocked(): boolean;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#counter("requests_total", "Requests of agents", ["route", "status"]);
  readonly #discoveries = this.#counter("discoveries_total", "What became of discoveries", ["outcome"]);
  readonly #edge = this.#counter("edge_requests_total", "Requests to the edge; status 0: no answer", [
    "route",
    "status",
  ]);
  readonly #incoming = this.#counter("amqp_received_total", "What became of messages of the broker", [
    "outcome",
  ]);
  readonly #outgoing = this.#counter("amqp_published_total", "What became of messages for the broker", [
    "outcome",
  ]);

  /** Gauges are looked at by `gauged`. */
  watch(gauged: Gauged): void {
    this.#gauge("hosts", "Registered hosts that were heard", () => gauged.hosts());
    this.#gauge("discoveries_waiting", "Discoveries on disk that wait for the edge", () =>
      gauged.waitingDiscoveries(),
    );
    this.#gauge("amqp_publications_waiting", "Messages that wait for the broker", () =>
      gauged.waitingPublications(),
    );
    this.#gauge("edge_socket_open", "1 while the line to the edge is open", () =>
      Number(gauged.isLineOpen()),
    );
    this.#gauge("amqp_connected", "1 while the broker is connected", () =>
      Number(gauged.isBrokerConnected()),
    );
    this.#gauge("amqp_blocked", "1 while the broker takes no messages, being short of memory or disk", () =>
      Number(gauged.isBrokerBlocked()),
    );
  }

  request(route: string, status: number): void {
    this.#requests.inc({ route, status });
  }

  discovery(outcome: string): void {
    this.#discoveries.inc({ outcome });
  }

  edgeRequest(route: string, status: number): void {
    this.#edge.inc({ route, status });
  }

  incoming(outcome: string): void {
    this.#incoming.inc({ outcome });
  }

  outgoing(outcome: string): void {
    this.#outgoing.inc({ outcome });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `trento_relay_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name: `trento_relay_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.set(value());
      },
    });
  }
}
