/** Options of the command line. */
import { describe, expect, it } from "vitest";
import { readOptions, WrongOption } from "./options.ts";

const key = { API_KEY: "key" };

describe("options", () => {
  it("have defaults, and take the key and the server from the environment", () => {
    expect(readOptions([], { ...key, URL: "https://edge.example.com/" })).toEqual({
      hosts: 27,
      seed: 1,
      provider: "mixed",
      url: "https://edge.example.com",
      apiKey: "key",
      duration: null,
      incidents: false,
      mode: "play",
      rate: 50,
      changed: 0.1,
    });
  });

  it.each([
    [["--hosts", "0"], "--hosts"],
    [["--hosts", "1.5"], "--hosts"],
    [["--hosts", "many"], "--hosts"],
    [["--seed", ""], "--seed"],
    [["--provider", "oracle"], "--provider"],
    [["--url", "localhost"], "--url"],
    [["--changed", "2"], "--changed"],
    [["--duration", "-1"], "duration"],
    [["--once", "--load"], "--once"],
    [["--nonsense"], "--nonsense"],
  ])("%j are wrong, and the error says where", (args, word) => {
    expect(() => readOptions(args, key)).toThrow(WrongOption);
    expect(() => readOptions(args, key)).toThrow(word);
  });

  it("need a key, unless only help is asked for", () => {
    expect(() => readOptions([], {})).toThrow("--api-key");
    expect(readOptions(["--help"], {})).toBeNull();
  });
});
