import { expect, it } from "vitest";
import { collectNowAndThen } from "./collect-garbage.ts";

it("asks for a collection at most every half minute, whoever comes", async () => {
  const asked: unknown[] = [];
  const from = {
    gc: async (options: unknown) => {
      asked.push(options);
    },
  };
  for (const now of [1_000_000, 1_000_001, 1_029_999, 1_030_000, 1_030_001, 1_090_000])
    await collectNowAndThen(now, from);
  expect(asked).toEqual(Array(3).fill({ type: "major", execution: "async" }));
});

it("does nothing where the runtime has no such thing", async () => {
  await expect(collectNowAndThen(9_000_000, {})).resolves.toBeUndefined();
});
