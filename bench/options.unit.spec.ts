import { expect, it } from "vitest";
import { readOptions, WrongOption } from "./options.ts";

const known = ["front", "one"];

it.each([
  [[], { asked: [], profile: null }],
  [["one", "front"], { asked: ["one", "front"], profile: null }],
  [["--profile", "one"], { asked: ["one"], profile: "one" }],
])("reads %j", (args, options) => {
  expect(readOptions(args, known)).toEqual(options);
});

it.each([
  [["two"], "there is no part two: choose from front, one"],
  [["--profile", "two"], "there is no part two: choose from front, one"],
  [["--profile", "one", "front"], "--profile measures one part, and no others beside it"],
  [["--fast"], /--fast/],
  [["--profile"], /--profile/],
])("refuses %j", (args, message) => {
  expect(() => readOptions(args, known)).toThrow(WrongOption);
  expect(() => readOptions(args, known)).toThrow(message);
});
