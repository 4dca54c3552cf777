/** Issues: where something is wrong, as a JSON pointer, and never too many of them. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { blank, noMemory } from "./examples.spec.ts";
import { issuesAmong, toPointer } from "./issue.ts";
import { subscriptionPolicy } from "./subscription-discovery.ts";

describe("toPointer", () => {
  it.each([
    [[], ""],
    [["a"], "/a"],
    [["a", 0, "b"], "/a/0/b"],
    [[""], "/"],
    [["a/b"], "/a~1b"],
    [["m~n"], "/m~0n"],
    [["~1"], "/~01"],
    [["//~~"], "/~1~1~0~0"],
    [["Notes enabled by Solution", 0, "Solution ID"], "/Notes enabled by Solution/0/Solution ID"],
    [["__proto__", "constructor"], "/__proto__/constructor"],
  ])("%j is %j, as RFC 6901 has it", (path, pointer) => {
    expect(toPointer(path)).toBe(pointer);
  });
});

describe("issuesAmong", () => {
  const error = z.object({ list: z.array(z.string()) }).safeParse({ list: ["a", 5] }).error;

  it("tells the path and the message", () => {
    expect(error && issuesAmong(error.issues)).toEqual([{ path: ["list", 1], message: expect.any(String) }]);
  });

  it("tells 50 of them at most", () => {
    const result = subscriptionPolicy(
      "agent",
      Array.from({ length: 1_000 }, () => null),
      noMemory,
    );
    const issues = result.ok ? [] : result.issues;
    expect(issues).toHaveLength(50);
    expect(issues[49]).toEqual({ path: [49], message: blank });
  });
});
