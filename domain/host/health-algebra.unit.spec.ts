/** The algebra of a host's health, for all parts that it may be made of: section 0 and rule 10. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateHealth, healthSchema, softwareUpdatesHealthSchema } from "../health.ts";
import { hostHealth } from "./health.ts";

const health = fc.constantFrom(...healthSchema.options);
const updates = fc.constantFrom(...softwareUpdatesHealthSchema.options);

describe("for all that a host may be judged by", () => {
  it("it is the worst of what was judged", () => {
    fc.assert(
      fc.property(health, health, updates, (checks_health, saptune_health, software) => {
        const known = [checks_health, saptune_health].filter((one) => one !== "unknown");
        const judged = software === "not_set" ? known : [...known, software];
        expect(
          hostHealth({ checks_health, saptune_health, software_updates_discovery_health: software }),
        ).toBe(aggregateHealth(judged));
      }),
    );
  });

  it("software updates that are unknown are worse than critical checks; checks that are unknown hide nothing", () => {
    fc.assert(
      fc.property(health, health, (checks_health, saptune_health) => {
        const parts = {
          checks_health,
          saptune_health,
          software_updates_discovery_health: "unknown",
        } as const;
        expect(hostHealth(parts)).toBe("unknown");
      }),
    );
    const critical = { checks_health: "unknown", saptune_health: "critical" } as const;
    expect(hostHealth({ ...critical, software_updates_discovery_health: "not_set" })).toBe("critical");
  });
});
