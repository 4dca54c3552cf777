/** Options of the import. */
import { describe, expect, it } from "vitest";
import { WrongOption } from "../wrong-option.ts";
import { help, readOptions } from "./options.ts";

const environment = { ADMIN_PASSWORD: "from the environment" };

describe("options", () => {
  it("have defaults", () => {
    expect(readOptions(["some/Checks"], environment)).toStrictEqual({
      folder: "some/Checks",
      url: "http://localhost:8787",
      name: "checks",
      version: null,
      user: "admin",
      password: "from the environment",
    });
  });

  it("come from the environment", () => {
    const wholly = { ...environment, URL: "https://edge.example.com/", ADMIN_USER: "ops" };
    expect(readOptions(["checks"], wholly)).toMatchObject({ url: "https://edge.example.com", user: "ops" });
    const empty = { ...environment, URL: "", ADMIN_USER: "" };
    expect(readOptions(["checks"], empty)).toMatchObject({ url: "http://localhost:8787", user: "admin" });
  });

  it("come from the command line before that", () => {
    const args = "--url http://h:1/edge/ --user u --password p --name ours --version 2 dir".split(" ");
    expect(
      readOptions(args, { ...environment, URL: "https://edge.example.com", ADMIN_USER: "ops" }),
    ).toStrictEqual({
      folder: "dir",
      url: "http://h:1/edge",
      name: "ours",
      version: "2",
      user: "u",
      password: "p",
    });
  });

  it.each([
    ["my_checks", "my-checks"],
    ["/some/where/Checks of 2026/", "checks-of-2026"],
    [`_${"a".repeat(62)}_b`, "a".repeat(62)],
  ])("name the catalogue after the folder %s: %s", (folder, name) => {
    expect(readOptions([folder], environment)).toMatchObject({ folder, name });
  });

  it.each([
    [[], "One folder"],
    [["one", "two"], "One folder"],
    [["dir", "--url", "localhost:8787"], "--url"],
    [["dir", "--url", "ftp://localhost"], "--url"],
    [["dir", "--name", "Ours"], "--name"],
    [["dir", "--name=-ours"], "-ours"],
    [["dir", "--name", "a".repeat(64)], "--name"],
    [["dir", "--name", "dir_of_checks"], "--name"],
    [["___"], "give one with --name"],
    [["dir", "--nonsense"], "--nonsense"],
  ])("%j are wrong, and the error says where", (args, word) => {
    expect(() => readOptions(args, environment)).toThrow(WrongOption);
    expect(() => readOptions(args, environment)).toThrow(word);
  });

  it("need a password, unless only help is asked for", () => {
    expect(() => readOptions(["dir"], {})).toThrow("--password");
    expect(() => readOptions(["dir"], { ADMIN_PASSWORD: "" })).toThrow("--password");
    expect(readOptions(["--help"], {})).toBeNull();
    expect(help).toContain("--password");
  });
});
