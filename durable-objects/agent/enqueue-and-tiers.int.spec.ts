/** What is known of the whole only when all have told their part, in whatever order they do. */
import { describe, expect, it } from "vitest";
import {
  applicationPayload,
  applicationServer,
  chained,
  databasePayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import { databaseState, newPlace, quiet, systemState } from "../../test/landscape.ts";

/** All orders of a list. */
function orders<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((one, index) => orders(list.toSpliced(index, 1)).map((rest) => [one, ...rest]));
}

describe("the generation of the enqueue server", () => {
  it("is taken from the instance that tells it, whatever the order", async () => {
    const parts = [
      (place: ReturnType<typeof newPlace>) => databasePayload(place.label, [place.tenant]),
      ({ address, tenant }: ReturnType<typeof newPlace>) =>
        applicationPayload(address, tenant, [messageServer()]),
      ({ address, tenant }: ReturnType<typeof newPlace>) =>
        applicationPayload(address, tenant, [applicationServer()]),
    ];
    for (const order of orders(parts)) {
      const place = newPlace();
      const agents = await Promise.all(order.map(() => new TestAgent().register(place.address)));
      for (const [index, part] of order.entries()) {
        await agents[index]?.collect("sap_system_discovery", part(place));
      }
      await expect.poll(async () => (await systemState(place.systemId)).ensa_version).toBe("ensa1");
      await quiet(place, ...agents.map(({ id }) => id));
      expect((await systemState(place.systemId)).ensa_version).toBe("ensa1");
    }
  });
});

describe("the tiers of three sites, each replicating from the one before", () => {
  it("are known at the end, in any order of arrival", async () => {
    for (const order of orders([1, 2, 3])) {
      const place = newPlace();
      for (const site of order) {
        const payload = databasePayload(place.label, [place.tenant], chained(site));
        await new TestAgent().collect("sap_system_discovery", payload);
      }
      await expect.poll(async () => (await databaseState(place.databaseId)).instances.length).toBe(3);
      await quiet(place);
      const { instances } = await databaseState(place.databaseId);
      const tiers = instances.map((one) => [one.system_replication_site, one.system_replication_tier]).sort();
      expect(tiers, `sites in the order ${order}`).toEqual([
        ["Site1", 1],
        ["Site2", 2],
        ["Site3", 3],
      ]);
    }
  });
});
