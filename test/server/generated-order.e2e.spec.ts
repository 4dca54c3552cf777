/** Generated landscapes, their discoveries in any order, some twice, few or many at once: what is shown is what there is. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { discoveriesOf, envelopeOf } from "../../tools/simulate/discoveries.ts";
import { expectedOf } from "../../tools/simulate/expected.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { LandscapeServer } from "./landscape-server.ts";
import { arrivalOf } from "./orders.ts";
import { shownBy, toShown } from "./shown.ts";

/** A failure names the seeds, and is repeated by them alone. */
const SEEDS = (process.env.ORDER_SEEDS ?? "1 2 3").split(" ").map(Number);
/** All kinds of installations once, and some twice. */
const HOSTS = 45;
/** Longer than the alarms take to bring what the queues lost. */
const SETTLED_WITHIN = 30_000;

describe.each(SEEDS)("a generated landscape of seed %i", (seed) => {
  const landscape = generateLandscape({ hosts: HOSTS, seed });
  const bodies = landscape.hosts.flatMap((host) =>
    discoveriesOf(host).map((discovery) => envelopeOf(host, discovery)),
  );
  const servers = [new LandscapeServer(), new LandscapeServer()] as const;
  beforeAll(() => Promise.all(servers.map((server) => server.start())));
  afterAll(() => Promise.all(servers.map((server) => server.end())));

  it.each([0, 1])("in the order of seed %i is shown as it is", async (turn) => {
    const server = servers[turn === 0 ? 0 : 1];
    const arrival = arrivalOf(bodies, seed * 100 + turn);
    await server.post(arrival.bodies, arrival.atOnce);
    await expect
      .poll(() => shownBy(server), { timeout: SETTLED_WITHIN })
      .toEqual(toShown(expectedOf(landscape)));
  });

  it("is the same in both, in what was not expected by name as well", async () => {
    const areSame = async () => {
      const [one, other] = await Promise.all(servers.map((server) => server.readModels()));
      // Either may still be behind.
      expect(other).toBe(one);
    };
    await vi.waitFor(areSame, { timeout: SETTLED_WITHIN, interval: 200 });
  });
});
