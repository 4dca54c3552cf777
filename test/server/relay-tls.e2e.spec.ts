/** The relay at a broker that wants to see a certificate. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readOptions } from "../../tools/relay/options.ts";
import { type Relay, startRelay } from "../../tools/relay/relay.ts";
import { isThere, RabbitMq } from "../relay/rabbitmq.ts";

const PATIENT = { timeout: 40_000, interval: 100 };

describe.skipIf(!isThere)("a broker behind TLS", () => {
  const broker = new RabbitMq(true);
  const running: Relay[] = [];

  beforeAll(() => broker.start());
  afterAll(async () => {
    for (const relay of running) await relay.stop();
    await broker.end();
  });

  async function relayWith(query: Readonly<Record<string, string>>) {
    const log: string[] = [];
    const options = readOptions({
      EDGE_URL: "http://127.0.0.1:9",
      API_KEY: "key",
      AMQP_URL: `${broker.secureUrl}?${new URLSearchParams(query)}`,
      RELAY_NAME: "tls",
      HOST: "127.0.0.1",
      PORT: "0",
    });
    const relay = await startRelay({ ...options, dataDir: null, log: (line) => void log.push(line) });
    running.push(relay);
    return { relay, log };
  }

  const { ca = "", cert = "", key = "" } = broker.certificates ?? {};

  it("takes a relay that shows the right one, with the parameters of an agent", async () => {
    const { relay } = await relayWith({
      cacertfile: ca,
      certfile: cert,
      keyfile: key,
      verify: "verify_peer",
    });
    await expect.poll(() => relay.isBrokerConnected, PATIENT).toBe(true);
    const health = await fetch(`${relay.url}/healthz`);
    expect(await health.json()).toEqual({ edge: "ok", broker: "ok", broker_detail: null });
  });

  it("takes none that shows none", async () => {
    const { relay, log } = await relayWith({ cacertfile: ca });
    await vi.waitFor(
      () => expect(log.some((line) => line.includes("the broker is away"))).toBe(true),
      PATIENT,
    );
    expect(relay.isBrokerConnected).toBe(false);
  });

  it("is not trusted when nobody vouches for it, unless that is wished for", async () => {
    const { log } = await relayWith({ certfile: cert, keyfile: key });
    await vi.waitFor(
      () => expect(log.join()).toMatch(/self-signed certificate|unable to (get|verify)/),
      PATIENT,
    );
    const { relay } = await relayWith({ certfile: cert, keyfile: key, verify: "verify_none" });
    await expect.poll(() => relay.isBrokerConnected, PATIENT).toBe(true);
  });
});
