/** The algebra of a cluster's health, for all parts that it may be made of: section 0 and rule 7. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateHealth, type Health, healthSchema } from "../health.ts";
import { clusterHealth } from "./health.ts";

const health = fc.constantFrom(...healthSchema.options);

describe.each(["replication_health", "distributed_health"] as const)("with %s", (main) => {
  const of = (judged: Health, checks_health: Health, sbd_health: Health) => {
    const common = { checks_health, sbd_health };
    return clusterHealth(
      main === "replication_health"
        ? { ...common, replication_health: judged }
        : { ...common, distributed_health: judged },
    );
  };

  it("it is the worst of what was judged; of checks and devices, unknown is not", () => {
    fc.assert(
      fc.property(health, health, health, (judged, checks, sbd) => {
        const known = [checks, sbd].filter((one) => one !== "unknown");
        expect(of(judged, checks, sbd)).toBe(aggregateHealth([judged, ...known]));
      }),
    );
  });

  it("that is unknown is worse than critical checks or devices", () => {
    fc.assert(
      fc.property(health, health, (checks, sbd) => {
        expect(of("unknown", checks, sbd)).toBe("unknown");
      }),
    );
  });

  it("unknown checks and devices hide nothing", () => {
    fc.assert(
      fc.property(health, (judged) => {
        expect(of(judged, "unknown", "unknown")).toBe(judged);
      }),
    );
  });
});

describe("without details", () => {
  it("it is unknown", () => {
    expect(clusterHealth(null)).toBe("unknown");
  });
});
