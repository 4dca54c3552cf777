/** The same discoveries in any order, some of them twice, one after the other or many at once, end in the same landscape. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LandscapeServer } from "./landscape-server.ts";
import { arrivalOf } from "./orders.ts";
import { areThere, scenario } from "./recordings.ts";

const SCENARIOS = [
  "healthy-27-node-SAP-cluster",
  "hana-scale-out",
  "hana-scale-up-angi",
  "single-hana-single-app",
];
/** A failure names the seed, and is repeated by it alone. */
const SEEDS = (process.env.ORDER_SEEDS ?? "1 2 3 4 5").split(" ").map(Number);
/** The controllers' own word, without order: clocks are put back, so what was told last counts. */
const TOLD_LAST = "cib_last_written";
/** Longer than the alarms take to bring what the queues lost. */
const SETTLED_WITHIN = 30_000;

describe.skipIf(!areThere)("the recorded landscapes together", () => {
  const bodies = SCENARIOS.flatMap(scenario);
  const inOrder = new LandscapeServer();

  beforeAll(async () => {
    await inOrder.start();
    // Once more in order: what the rules leave to who came last is what the end state has to be.
    await inOrder.post(bodies);
    await inOrder.post(bodies);
  });
  afterAll(() => inOrder.end());

  describe.each(SEEDS)("in the order of seed %i", (seed) => {
    const server = new LandscapeServer();
    beforeAll(() => server.start());
    afterAll(() => server.end());

    it("are the same", async () => {
      const { bodies: arriving, atOnce } = arrivalOf(bodies, seed);
      await server.post(arriving, atOnce);
      await expect
        .poll(async () => (await server.readModels(TOLD_LAST)) === (await inOrder.readModels(TOLD_LAST)), {
          timeout: SETTLED_WITHIN,
        })
        .toBe(true);
    });
  });
});
