/** Options of the command line. */
import { describe, expect, it } from "vitest";
import { incidents } from "./incidents/index.ts";
import { help, readOptions, WrongOption } from "./options.ts";

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
      incident: null,
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
    [["--incident", "fire"], "--incident"],
    [["--nonsense"], "--nonsense"],
  ])("%j are wrong, and the error says where", (args, word) => {
    expect(() => readOptions(args, key)).toThrow(WrongOption);
    expect(() => readOptions(args, key)).toThrow(word);
  });

  it("name one incident of those that the help lists", () => {
    expect(readOptions(["--incident", "ascs-moved"], key)?.incident?.name).toBe("ascs-moved");
    for (const { name } of incidents) expect(help).toContain(name);
  });

  it("need a key, unless only help is asked for", () => {
    expect(() => readOptions([], {})).toThrow("--api-key");
    expect(readOptions(["--help"], {})).toBeNull();
  });
});
