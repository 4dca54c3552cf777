/** The catalogue that the program is built with is the one that lies in its folder. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ownCatalogue } from "../../checks/own-catalogue.ts";
import { generate, generatedFile, main, sourceFolder } from "./build.ts";
import { check, folderWith } from "./folder-in-hand.spec.ts";

describe("our own catalogue", () => {
  it("is up to date", () => {
    expect(readFileSync(generatedFile, "utf8") === generate(sourceFolder)).toBe(true);
  });

  it("has a version, and checks whose ids differ", () => {
    const { name, version, checks } = ownCatalogue;
    expect({ name, version }).toStrictEqual({
      name: "trento-edge",
      version: readFileSync(join(sourceFolder, "VERSION"), "utf8").trim(),
    });
    expect(checks.length).toBeGreaterThan(0);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });
});

function run(args: readonly string[], folder: string, output: string) {
  const complaints: string[] = [];
  return { code: main(args, (line) => complaints.push(line), folder, output), complaints };
}

describe("a catalogue", () => {
  it("becomes one file, with a line for each check in the order of the ids", () => {
    const folder = folderWith({
      "B00000.yaml": check("B00000"),
      "A00000.yaml": check("A00000"),
      VERSION: "1.2.3\n",
    });
    const output = join(folder, "catalogue.json");
    expect(run([], folder, output)).toStrictEqual({ code: 0, complaints: [] });
    const text = readFileSync(output, "utf8");
    expect(JSON.parse(text)).toMatchObject({
      name: "trento-edge",
      version: "1.2.3",
      checks: [{ id: "A00000", severity: "critical", values: [] }, { id: "B00000" }],
    });
    expect(text.split("\n").map((line) => line.slice(0, 14))).toStrictEqual([
      '{"name":"trent',
      '{"id":"A00000"',
      '{"id":"B00000"',
      "]}",
      "",
    ]);
    expect(run(["--check"], folder, output).code).toBe(0);
  });

  it.each([
    ["is out of date", { "catalogue.json": "{}" }],
    ["was never built", {}],
  ])("that %s is told so, and left as it is", (_, built) => {
    const folder = folderWith({ "A00000.yaml": check("A00000"), VERSION: "1", ...built });
    const output = join(folder, "catalogue.json");
    const { code, complaints } = run(["--check"], folder, output);
    expect(code).toBe(1);
    expect(complaints).toStrictEqual([`${output} is out of date: npm run checks:build`]);
    expect(run(["--check"], folder, output).code).toBe(1);
  });

  it.each([
    ["no version", { "A00000.yaml": check("A00000") }, "VERSION is missing"],
    ["an empty version", { "A00000.yaml": check("A00000"), VERSION: "\n" }, "VERSION is missing"],
    [
      "a file that is no check",
      { "A00000.yaml": "id: 1", VERSION: "1" },
      "A00000.yaml:1:5: id must be a text",
    ],
    ["no check", { VERSION: "1" }, "has no file called <id>.yaml"],
  ])("with %s is not built", (_, files, reason) => {
    const folder = folderWith(files);
    const { code, complaints } = run([], folder, join(folder, "catalogue.json"));
    expect(code).toBe(1);
    expect(complaints.join("\n")).toContain(reason);
  });
});

it("an option that is not known is not passed over", () => {
  const folder = folderWith({ "A00000.yaml": check("A00000"), VERSION: "1" });
  expect(run(["--chekc"], folder, join(folder, "catalogue.json"))).toMatchObject({
    code: 2,
    complaints: [expect.stringContaining("--chekc")],
  });
});
