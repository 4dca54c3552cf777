/** Nothing becomes heavier than an event can be, however little was sent. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentId, noMemory } from "./examples.spec.ts";
import { policies } from "./index.ts";
import { commands } from "./policy.ts";
import { isHeavierThan, MOST_CHARACTERS, weighed } from "./weight.ts";

describe("the weight of a value", () => {
  it("is about that of its JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { length } = JSON.stringify(value);
        expect(isHeavierThan(value, 8 * length + 8)).toBe(false);
        if (length > 100) expect(isHeavierThan(value, length / 16)).toBe(true);
      }),
    );
  });

  it("counts what is written twice twice, although it is there once", () => {
    const text = "a".repeat(1_000);
    expect(isHeavierThan([text], 1_100)).toBe(false);
    expect(isHeavierThan([text, text], 1_100)).toBe(true);
  });

  it("is told without going through all of a value", () => {
    // 10 to the power of 60 texts: nobody could.
    let value: unknown = "text";
    for (let depth = 0; depth < 60; depth += 1) value = Array(10).fill(value);
    expect(isHeavierThan(value, MOST_CHARACTERS)).toBe(true);
  });
});

describe("a policy that is weighed", () => {
  const selecting = (check: string, times: number) =>
    weighed(() =>
      commands({ type: "SelectHostChecks", data: { host_id: agentId, checks: Array(times).fill(check) } }),
    )(agentId, null, noMemory);

  it("answers as it did", () => {
    expect(selecting("check", 3)).toEqual({
      ok: true,
      commands: [
        { type: "SelectHostChecks", data: { host_id: agentId, checks: ["check", "check", "check"] } },
      ],
    });
  });

  it("refuses what would become too heavy", () => {
    expect(selecting("x".repeat(1_000), 2_000)).toEqual({
      ok: false,
      issues: [{ path: [], message: "should be described in at most 2000000 characters" }],
    });
  });

  it("is each of those of the six types", () => {
    const tenants = Array.from({ length: 5_000 }, (_, index) => ({ Database: `${index}`.padStart(500) }));
    const control = {
      Properties: [
        { property: "SAPSYSTEM", value: "00" },
        { property: "SAPLOCALHOST", value: "host" },
      ],
      Instances: [
        {
          features: "HDB",
          hostname: "host",
          httpPort: 1,
          httpsPort: 2,
          dispstatus: "SAPControl-GREEN",
          instanceNr: 0,
          startPriority: "1",
          currentInstance: true,
        },
      ],
      Processes: [],
    };
    const Instances = [{ Host: "host", Name: "HDB00", Type: 1, SAPControl: control }];
    const payload = [{ Id: "a", SID: "PRD", Type: 1, Databases: tenants, Instances }];
    expect(policies.sap_system_discovery(agentId, payload, noMemory)).toMatchObject({
      ok: false,
      issues: [{ path: [] }],
    });
  });
});
