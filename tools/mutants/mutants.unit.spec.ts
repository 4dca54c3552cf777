/** Which mistakes are made, and which specs are asked whether they notice. */
import { describe, expect, it } from "vitest";
import { applied, drawMutants } from "./draw.ts";
import { Modules } from "./modules.ts";
import { mutationsOf } from "./mutations.ts";
import { readOptions, WrongOption } from "./options.ts";

const made = (text: string) =>
  mutationsOf("one.ts", text).map((mutation) => applied(text, { ...mutation, path: "one.ts", line: 1 }));

describe("mistakes", () => {
  it("change operators, conditions and literals", () => {
    expect(made("const b = a >= 1;")).toEqual(["const b = a > 1;", "const b = a < 1;", "const b = a >= 2;"]);
    expect(made("const b = x ?? y;")).toEqual(["const b = y;", "const b = x;"]);
    expect(made("const b = c ? d : e;")).toEqual(["const b = d;", "const b = e;"]);
    expect(made("const b = !c;")).toEqual(["const b = c;"]);
    expect(made("const b = list.filter(f);")).toEqual(["const b = list;"]);
    expect(made("const b = list.some(f);")).toEqual(["const b = list.every(f);"]);
  });

  it("leave out statements, properties and what is spread", () => {
    expect(made("if (a) b();")).toEqual(["if (true) b();", "if (false) b();", "if (a) ;"]);
    expect(made("const b = { c: d };")).toEqual(["const b = { ...{} };"]);
    expect(made("const b = f(...c);")).toEqual(["const b = f(...[]);"]);
    expect(made('const b = ["x"];')).toEqual(["const b = [];", 'const b = [""];']);
  });

  it("leave alone what is only there for the compiler", () => {
    const types = 'import { a } from "./a.ts";\ntype B = "x" | "y";\ninterface C { d: true }\n';
    expect(made(types)).toEqual([]);
  });

  it("are the same for the same seed", () => {
    const draw = (seed: number) => drawMutants(["one.ts"], () => "f(a + 1 > 2, b && c, [1, 2, 3]);", 5, seed);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7)).toHaveLength(5);
  });
});

describe("specs", () => {
  const texts: Readonly<Record<string, string>> = {
    "domain/a.ts": "",
    "domain/b.ts": 'import "./a.ts";',
    "domain/b.unit.spec.ts": 'import "./b.ts";',
    "domain/given.ts": 'import { expect } from "vitest";',
    "durable-objects/agent.ts": 'import "./agent/memory.ts";',
    "durable-objects/agent.int.spec.ts": "",
    "durable-objects/agent/memory.ts": "",
    "durable-objects/agent/memory.int.spec.ts": "",
    "durable-objects/other.int.spec.ts": "",
  };
  const modules = new Modules("", Object.keys(texts), (path) => texts[path] ?? "");

  it("of a module are those that import it, however far away", () => {
    expect(modules.unitSpecsOf("domain/a.ts")).toEqual(["domain/b.unit.spec.ts"]);
  });

  it("on the platform are those that are near", () => {
    expect(modules.platformSpecsOf("durable-objects/agent/memory.ts").toSorted()).toEqual([
      "durable-objects/agent.int.spec.ts",
      "durable-objects/agent/memory.int.spec.ts",
    ]);
  });

  it("are asked in stages, the nearest first, and each once", () => {
    expect(modules.stagesOf("durable-objects/agent/memory.ts", "workerd")).toEqual([
      ["durable-objects/agent/memory.int.spec.ts"],
      ["durable-objects/agent.int.spec.ts"],
    ]);
    expect(modules.stagesOf("domain/a.ts", "unit")).toEqual([["domain/b.unit.spec.ts"]]);
    expect(modules.stagesOf("domain/b.ts", "workerd")).toEqual([]);
  });

  it("are no place for mistakes", () => {
    expect(modules.ofKind("pure")).toEqual(["domain/a.ts", "domain/b.ts"]);
  });
});

it("understands its options, and refuses others", () => {
  expect(readOptions(["--count", "5", "--pure", "domain/host"])).toEqual({
    count: 5,
    seed: 1,
    kinds: ["pure"],
    only: ["domain/host"],
  });
  expect(readOptions(["--help"])).toBeNull();
  for (const wrong of [["--count", "0"], ["--seed", "x"], ["--what"]])
    expect(() => readOptions(wrong)).toThrow(WrongOption);
});
