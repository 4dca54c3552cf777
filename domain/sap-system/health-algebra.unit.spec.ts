/** The algebra of a system's health, for all instances and databases that it may have: section 0 and rule 4. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateHealth, type Health, healthSchema } from "../health.ts";
import { healthOfStatus, type InstanceStatus, instanceStatusSchema } from "../instance.ts";
import { sapSystemHealth } from "./composition.ts";
import { pas } from "./examples.spec.ts";
import { initialSapSystem } from "./state.ts";

const statuses = fc.array(fc.constantFrom(...instanceStatusSchema.options), { maxLength: 6 });
const database = fc.constantFrom(...healthSchema.options);

function systemOf(all: readonly InstanceStatus[], database_health: Health) {
  const instances = all.map((status, index) => ({
    ...pas,
    sid: "PRD",
    instance_number: String(index),
    status,
    absent_at: null,
    stale_at: null,
  }));
  return { ...initialSapSystem, instances, database_health };
}

describe("for all instances and databases of a system", () => {
  it("it is the worst of all instances and of the database", () => {
    fc.assert(
      fc.property(statuses, database, (all, health) => {
        expect(sapSystemHealth(systemOf(all, health))).toBe(
          aggregateHealth([health, ...all.map(healthOfStatus)]),
        );
      }),
    );
  });

  it("one gray instance or an unknown database makes it unknown, however bad the rest is", () => {
    fc.assert(
      fc.property(statuses, database, (all, health) => {
        expect(sapSystemHealth(systemOf([...all, "gray"], health))).toBe("unknown");
        expect(sapSystemHealth(systemOf([...all, "red"], "unknown"))).toBe("unknown");
      }),
    );
  });

  it("it is never better than its database", () => {
    fc.assert(
      fc.property(statuses, database, (all, health) => {
        const own = sapSystemHealth(systemOf(all, health));
        expect(aggregateHealth([own, health])).toBe(own);
      }),
    );
  });
});
