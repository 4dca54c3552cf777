/** The command that lints folders. */
import { describe, expect, it } from "vitest";
import { check, folderWith } from "./folder-in-hand.spec.ts";
import { main } from "./lint.ts";

async function run(...args: string[]) {
  const told: string[] = [];
  const complaints: string[] = [];
  const code = await main(
    args,
    (line) => told.push(line),
    (line) => complaints.push(line),
  );
  return { code, told, complaints };
}

const broken = check("AB0002").replace("facts.hosts.len() > 0", "facts.hosts.len() >");
const odd = check("AB0003").replace("target_type: host", "target_type: database");

describe("folders", () => {
  it("that are sound end well, and other files are passed over", async () => {
    const folder = folderWith({
      "AB0001.yaml": check("AB0001"),
      "AB0002.yaml.wip": broken,
      "notes.md": "#",
      VERSION: "1.0.0\n",
    });
    expect(await run(folder)).toStrictEqual({
      code: 0,
      told: ["1 file, 0 errors, 0 warnings"],
      complaints: [],
    });
  });

  it("have what is wrong told in order, with the place", async () => {
    const first = folderWith({
      "AB0003.yaml": odd,
      "AB0002.yaml": broken,
      "AB0004.yaml": "id: [",
    });
    const second = folderWith({ "AB0003.yaml": check("AB0003") });
    const { code, told } = await run(`${first}/`, second);
    expect(code).toBe(1);
    expect(told).toStrictEqual([
      `${first}/AB0002.yaml:12:32: expectations.0.expect does not compile: Script is incomplete`,
      `${first}/AB0003.yaml:6:26: warning: metadata.target_type is neither cluster nor host: "database"`,
      expect.stringMatching(`^${first}/AB0004\\.yaml:1:6: `),
      `${second}/AB0003.yaml:1:5: id is that of ${first}/AB0003.yaml too: AB0003`,
      "4 files, 3 errors, 1 warning",
    ]);
  });

  it("with nothing but warnings end well, unless it is to be strict", async () => {
    const folder = folderWith({ "AB0003.yaml": odd });
    expect((await run(folder)).code).toBe(0);
    expect((await run("--strict", folder)).code).toBe(1);
    expect((await run("--strict", folder)).told.at(-1)).toBe("1 file, 0 errors, 1 warning");
  });
});

describe("what cannot be read is told in a line", () => {
  it.each([
    ["no folder", {}, "/none", "/none cannot be read: there is none"],
    ["a file", { "AB0001.yaml": check("AB0001") }, "/AB0001.yaml", "it is not a directory"],
    ["nothing in it", {}, "", "has no file called <id>.yaml"],
    ["no check in it", { "AB0001.yml": check("AB0001") }, "", "has no file called <id>.yaml"],
    [
      "a file in it that cannot be read",
      { "AB0001.yaml": null },
      "",
      "/AB0001.yaml cannot be read: it is a directory",
    ],
  ])("%s", async (_, files, path, reason) => {
    const folder = folderWith(files);
    const { code, told, complaints } = await run(`${folder}${path}`);
    expect({ code, told }).toStrictEqual({ code: 2, told: [] });
    expect(complaints).toStrictEqual([expect.stringContaining(reason)]);
    expect(complaints[0]).toContain(folder);
  });
});

describe("a command line", () => {
  it.each([
    [[], "A folder must be named"],
    [["--strict"], "A folder must be named"],
    [["--stricter", "checks"], "--stricter"],
  ])("of %j is not understood", async (args, reason) => {
    const { code, complaints } = await run(...args);
    expect(code).toBe(2);
    expect(complaints[0]).toContain(reason);
    expect(complaints[0]).toContain("npm run checks:lint");
  });

  it("may ask for help", async () => {
    expect(await run("--help")).toMatchObject({
      code: 0,
      told: [expect.stringContaining("--strict")],
      complaints: [],
    });
  });
});
