/** An agent and an external user at the broker, who know its messages and nothing else of this project. */
import { type ChannelModel, type ConfirmChannel, connect } from "amqplib";
import { asValue, Fields, mapOf, message } from "./wire.ts";

const CONTENT_TYPE = "application/x-protobuf";
const MINUTES = 60_000;

export interface Sent {
  /** Milliseconds from now; null leaves it out. */
  readonly expiresIn?: number | null;
  /** As Elixir and Go write it. */
  readonly urlPrefix?: "" | "type.googleapis.com/";
  readonly type?: string;
}

const timestamp = (at: number) =>
  message([7, message([1, Math.floor(at / 1_000)], [2, (at % 1_000) * 1_000_000])]);
const attribute = (name: string, value: Uint8Array) => message([1, name], [2, value]);

/** @param type full name of the message */
export function cloudEvent(type: string, data: Uint8Array, sent: Sent = {}): Buffer {
  const { expiresIn = 5 * MINUTES, urlPrefix = "type.googleapis.com/" } = sent;
  const now = Date.now();
  const attributes = [
    attribute("time", timestamp(now)),
    ...(expiresIn === null ? [] : [attribute("expiration", timestamp(now + expiresIn))]),
  ];
  return Buffer.from(
    message(
      [1, crypto.randomUUID()],
      [2, "https://github.com/trento-project/agent"],
      [3, "1.0"],
      [4, sent.type ?? type],
      [5, attributes],
      [8, message([1, `${urlPrefix}${type}`], [2, data])],
    ),
  );
}

export interface Heard {
  readonly type: string;
  readonly data: Fields;
  /** Seconds since 1970. */
  readonly expiration: number;
  readonly userId: number;
  readonly contentType: unknown;
  readonly typeUrl: string;
}

function read(content: Buffer, contentType: unknown): Heard {
  const event = new Fields(content);
  const any = event.one(8);
  const attributes = event.map(5);
  return {
    type: event.text(4),
    data: any.one(2),
    expiration: attributes.get("expiration")?.one(7).number(1) ?? 0,
    userId: attributes.get("user_id")?.number(2) ?? 0,
    contentType,
    typeUrl: any.text(1),
  };
}

/** Somebody who listens on a queue and publishes. */
export class Client {
  readonly heard: Heard[] = [];
  readonly #model: ChannelModel;
  readonly #channel: ConfirmChannel;

  private constructor(model: ChannelModel, channel: ConfirmChannel) {
    this.#model = model;
    this.#channel = channel;
    // A broker that is stopped by a test takes its clients along.
    model.on("error", () => {});
    channel.on("error", () => {});
  }

  static async connect(url: string, tls: object = {}): Promise<Client> {
    const model = await connect(url, tls);
    return new Client(model, await model.createConfirmChannel());
  }

  /** As an agent does at its start: exchange, queue, binding, consumer. */
  async listen(exchange: string, key: string, queue: string): Promise<void> {
    await this.#channel.assertExchange(exchange, "topic", { durable: true });
    await this.#channel.assertQueue(queue, { durable: true });
    await this.#channel.bindQueue(queue, exchange, key);
    await this.#channel.consume(queue, (one) => {
      if (one === null) return;
      this.heard.push(read(one.content, one.properties.contentType));
      this.#channel.ack(one);
    });
  }

  async publish(exchange: string, key: string, content: Buffer): Promise<void> {
    this.#channel.publish(exchange, key, content, {
      contentType: CONTENT_TYPE,
      persistent: true,
      mandatory: true,
    });
    await this.#channel.waitForConfirms();
  }

  async count(queue: string): Promise<number> {
    return (await this.#channel.checkQueue(queue)).messageCount;
  }

  async close(): Promise<void> {
    await this.#model.close().catch(() => {});
  }
}

/** An unmodified agent's side of the broker. */
export class BrokerAgent {
  readonly id: string;
  readonly client: Client;

  private constructor(id: string, client: Client) {
    this.id = id;
    this.client = client;
  }

  static async start(url: string, id: string = crypto.randomUUID()): Promise<BrokerAgent> {
    const client = await Client.connect(url);
    for (const area of ["checks", "operations", "discoveries"]) {
      await client.listen(`trento.${area}`, "agents", `trento.${area}.agents.${id}`);
    }
    return new BrokerAgent(id, client);
  }

  /** Requests for facts that name this agent. */
  get requests() {
    return this.client.heard
      .filter(({ type }) => type === "Trento.Checks.V1.FactsGatheringRequested")
      .map((heard) => {
        const own = heard.data.all(3).find((target) => target.text(1) === this.id);
        const requests = own?.all(2).map((one) => [one.text(1), one.text(2), one.text(3), one.text(4)]);
        return {
          heard,
          executionId: heard.data.text(1),
          groupId: heard.data.text(2),
          requests: requests ?? [],
        };
      })
      .filter(({ requests }) => requests.length > 0);
  }

  /** Types of discovery that this agent is asked for. */
  get discoveries(): string[] {
    return this.client.heard
      .filter(({ type, data }) => type.endsWith(".DiscoveryRequested") && data.texts(2).includes(this.id))
      .map(({ data }) => data.text(1));
  }

  answer(
    executionId: string,
    groupId: string,
    facts: readonly (readonly [checkId: string, name: string, value: unknown])[],
    sent: Sent = {},
  ): Promise<void> {
    const gathered = facts.map(([checkId, name, value]) =>
      value instanceof Error
        ? message([1, checkId], [2, name], [4, message([1, value.message], [2, value.name])])
        : message([1, checkId], [2, name], [3, asValue(value)]),
    );
    const data = message([1, executionId], [2, groupId], [3, this.id], [4, gathered]);
    const event = cloudEvent("Trento.Checks.V1.FactsGathered", data, sent);
    return this.client.publish("trento.checks", "executions", event);
  }
}

export function executionRequested(
  {
    executionId,
    groupId,
    agentId,
    checks,
    env = {},
  }: {
    readonly executionId: string;
    readonly groupId: string;
    readonly agentId: string;
    readonly checks: readonly string[];
    readonly env?: Readonly<Record<string, unknown>>;
  },
  sent: Sent = {},
): Buffer {
  const target = message([1, agentId], ...checks.map((check) => [2, check] as const));
  const head = message([1, executionId], [2, groupId], [3, [target]]);
  const data = Uint8Array.from([...head, ...mapOf(4, env), ...message([5, "host"])]);
  return cloudEvent("Trento.Checks.V1.ExecutionRequested", data, { urlPrefix: "", ...sent });
}
