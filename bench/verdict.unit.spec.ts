import { describe, expect, it } from "vitest";
import { judge, noiseOf } from "./verdict.ts";

describe("the noise of rounds", () => {
  it.each([
    [[0.7, 0.7, 0.7], 0],
    [[0.6, 0.7, 0.8], 0.1],
    [[0.6, 0.7, 0.75, 0.8, 9], 0.05],
    [[1, 2], 0.5],
    [[1], 0],
  ])("of %j is %f", (rounds, noise) => {
    expect(noiseOf(rounds)).toBeCloseTo(noise, 10);
  });
});

describe("a goal of 0.7", () => {
  it.each([
    ["met by the middle of the rounds", [0.1, 0.7, 0.9], "met"],
    ["missed by less than the rounds differ", [0.5, 0.65, 0.72, 0.6, 0.68], "noisy"],
    ["missed by just as much as they differ", [0.5, 0.6, 0.7], "noisy"],
    ["missed by more", [0.5, 0.52, 0.54, 0.51, 0.9], "missed"],
    ["missed by one round that says nothing else", [0.69], "missed"],
    ["missed where nothing was measured", [], "missed"],
  ])("is %s", (_, rounds, verdict) => {
    expect(judge(rounds, 0.7)).toBe(verdict);
  });
});
