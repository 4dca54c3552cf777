/** The algebra of a database's health, for all instances that it may have: section 0 and rule 3. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateHealth } from "../health.ts";
import { instanceStatusSchema } from "../instance.ts";
import { databaseHealth } from "./health.ts";

const status = fc.constantFrom(...instanceStatusSchema.options);
const instances = fc.array(fc.record({ status }), { maxLength: 6 });

describe("for all instances of a database", () => {
  it("one gray instance makes it unknown, however bad the others are", () => {
    fc.assert(
      fc.property(instances, fc.nat(6), (others, place) => {
        const all = others.toSpliced(place, 0, { status: "gray" });
        expect(databaseHealth(all)).toBe("unknown");
      }),
    );
  });

  it("it is critical by a red one, unless one is gray", () => {
    fc.assert(
      fc.property(instances, (others) => {
        const isAnyGray = others.some((one) => one.status === "gray");
        expect(databaseHealth([...others, { status: "red" }])).toBe(isAnyGray ? "unknown" : "critical");
      }),
    );
  });

  it("it is passing exactly when all are green and there is one", () => {
    fc.assert(
      fc.property(instances, (all) => {
        const areGreen = all.length > 0 && all.every((one) => one.status === "green");
        expect(databaseHealth(all) === "passing").toBe(areGreen);
      }),
    );
  });

  it("neither the order of instances nor how they are grouped counts", () => {
    fc.assert(
      fc.property(instances, instances, (some, others) => {
        fc.pre(some.length > 0 && others.length > 0);
        expect(databaseHealth([...others, ...some])).toBe(databaseHealth([...some, ...others]));
        expect(databaseHealth([...some, ...others])).toBe(
          aggregateHealth([databaseHealth(some), databaseHealth(others)]),
        );
      }),
    );
  });
});
