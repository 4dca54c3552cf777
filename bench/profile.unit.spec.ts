import { expect, it } from "vitest";
import { selfTimes } from "./profile.ts";

it("adds up what each function took itself, and no time in which nobody was looked at", () => {
  const frame = (functionName: string) => ({ functionName, url: "", lineNumber: 0, columnNumber: 0 });
  const [work, rest] = [frame("work"), frame("(idle)")];
  const nodes = [
    { id: 1, callFrame: work },
    { id: 2, callFrame: rest },
  ];
  const times = selfTimes({ nodes, samples: [1, 2, 1, 9], timeDeltas: [250, 100, 90_000, 250] });
  expect([...times]).toEqual([
    [work, 0.75],
    [rest, 0.1],
  ]);
});
