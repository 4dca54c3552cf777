/**
 * Registrations of hosts beside the same on Emmett and PostgreSQL: over HTTP, with key and validation, appended and shown in a read
 * model. There it is written before the answer; here it follows, so the time until all is shown is measured as well.
 */
import { type Comparison, compare } from "../compare.ts";
import { hostDiscovery } from "../hosts.ts";
import { type LoadOptions, load } from "../load.ts";
import type { Peer } from "../peers/emmett.ts";
import { settled, type Target } from "../target.ts";

/** Ids of their own, apart from those of other parts. */
const FIRST = 40_000;

export interface BesidePeer extends Comparison {
  /** Discoveries a second until the read model has all of them, for the product. */
  readonly shownRate: number;
}

/** Each discovery changes something, and so is one event. */
export async function besidePeer(
  target: Target,
  peer: Peer,
  hosts: number,
  seconds: number,
): Promise<BesidePeer> {
  const to = (url: string, apiKey: string): LoadOptions => {
    let n = 0;
    return {
      url,
      connections: 16,
      seconds,
      expected: { status: 202 },
      shot: () => {
        const turn = n++;
        return {
          method: "POST",
          path: "/api/v1/collect",
          headers: { "X-Trento-ApiKey": apiKey },
          body: hostDiscovery(FIRST + (turn % hosts) + hosts, 1 + Math.floor(turn / hosts)),
        };
      },
    };
  };
  const product = to(target.server.url, target.server.apiKey);
  const other = to(peer.url, peer.apiKey);
  // Everybody is registered before anything is counted.
  for (const one of [product, other])
    await load({ ...one, seconds: Number.POSITIVE_INFINITY, requests: hosts });
  await settled(target);
  const name = `registrations beside Emmett and PostgreSQL, ${hosts === 1 ? "one host" : `${hosts} hosts`}`;
  const comparison = await compare(name, 0, product, other);
  await settled(target);
  const began = Date.now();
  const { requests } = await load(product);
  const shownRate = (requests * 1_000) / ((await settled(target)) - began);
  return { ...comparison, shownRate };
}
