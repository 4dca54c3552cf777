import { describe, expect, it } from "vitest";
import { settled } from "./relay/agents/agents.spec.ts";
import { unattended } from "./unattended.ts";

describe("work that nobody waits for", () => {
  it.each([
    ["at once", () => fail()],
    ["later", async () => fail()],
    ["with what is no error", () => Promise.reject("gone")],
  ])("is told of when it fails %s", async (_, work) => {
    const told: string[] = [];
    unattended("a greeting", work, (line) => told.push(line));
    await settled();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^a greeting: (Error: )?gone/);
  });

  it("is not spoken of when it goes well", async () => {
    const told: string[] = [];
    unattended(
      "a greeting",
      async () => {},
      (line) => told.push(line),
    );
    await settled();
    expect(told).toEqual([]);
  });
});

function fail(): never {
  throw new Error("gone");
}
