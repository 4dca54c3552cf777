/** The load generator: so many discoveries a second, a share of them with something new. */
import { discoveriesOf, envelopeOf } from "./discoveries.ts";
import type { Landscape } from "./landscape.ts";
import { randomFrom } from "./random.ts";
import type { Transport } from "./transport.ts";

export interface LoadOptions {
  readonly landscape: Landscape;
  /** Discoveries a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Share of discoveries that change something, from 0 to 1. */
  readonly changed: number;
  readonly signal: AbortSignal;
}

/** Milliseconds between two lots of requests. */
const LOT = 20;

/** An open loop: it does not wait for answers before it sends more, as agents do not. */
export async function generateLoad(options: LoadOptions, send: Transport): Promise<void> {
  const { landscape, rate, seconds, changed, signal } = options;
  const random = randomFrom(landscape.seed + 2);
  const under = new Set<Promise<boolean>>();
  const total = Math.round(rate * seconds);
  const started = performance.now();
  for (let sent = 0; sent < total && !signal.aborted; ) {
    const due = Math.min(total, Math.ceil(((performance.now() - started) / 1000) * rate));
    for (; sent < due; sent += 1) {
      const host = landscape.hosts[sent % landscape.hosts.length];
      if (host === undefined) return;
      const isNews = random.next() < changed;
      const now = isNews ? { ...host, agentVersion: `3.0.1+${sent}` } : host;
      const [discovery] = discoveriesOf(now);
      if (discovery === undefined) return;
      const answer = send("/api/v1/collect", envelopeOf(now, discovery), 202);
      under.add(answer);
      const done = () => under.delete(answer);
      answer.then(done, done);
    }
    await new Promise((resolve) => setTimeout(resolve, LOT));
  }
  await Promise.all(under);
}
