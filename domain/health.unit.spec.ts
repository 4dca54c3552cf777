/** The algebra of health: the worst wins, and unknown is worst of all (section 0). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateHealth, type Health, healthSchema, softwareUpdatesHealthSchema } from "./health.ts";

const fromBest: readonly Health[] = ["passing", "warning", "critical", "unknown"];
const pairs = fromBest.flatMap((one, index) => fromBest.slice(index).map((other) => [one, other] as const));
const some = fc.array(fc.constantFrom(...fromBest));

describe("section 0: aggregation", () => {
  it("of nothing is unknown", () => {
    expect(aggregateHealth([])).toBe("unknown");
  });

  it.each(fromBest)("of %s alone is itself", (health) => {
    expect(aggregateHealth([health])).toBe(health);
  });

  it.each(pairs)("of %s and %s is the latter, in either order", (better, worse) => {
    expect(aggregateHealth([better, worse])).toBe(worse);
    expect(aggregateHealth([worse, better])).toBe(worse);
  });

  it("takes unknown for worse than critical", () => {
    expect(aggregateHealth(["critical", "unknown", "critical"])).toBe("unknown");
  });

  it("does not depend on the order or on repetition", () => {
    fc.assert(
      fc.property(some, (healths) => {
        expect(aggregateHealth([...healths, ...healths].reverse())).toBe(aggregateHealth(healths));
      }),
    );
  });

  it("is that of the aggregates of its parts", () => {
    const parts = fc.array(fc.constantFrom(...fromBest), { minLength: 1 });
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(aggregateHealth([aggregateHealth(one), aggregateHealth(other)])).toBe(
          aggregateHealth([...one, ...other]),
        );
      }),
    );
  });
});

describe("section 0: the values", () => {
  it("of health", () => {
    expect(healthSchema.options).toEqual(["passing", "warning", "critical", "unknown"]);
  });

  it("of the health of software updates, which knows not_set as well", () => {
    expect(softwareUpdatesHealthSchema.options).toEqual([...healthSchema.options, "not_set"]);
  });
});
