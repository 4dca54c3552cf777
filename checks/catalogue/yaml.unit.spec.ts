/** Files that are made to keep a reader busy. */
import { expect, it } from "vitest";
import { readCheck } from "./read-check.ts";
import { readYaml } from "./yaml.ts";

const head = "id: A\nname: a\ngroup: g\ndescription: d\nremediation: r\nfacts: []\nexpectations: []\n";
const defectOf = (content: string) => readCheck("A.yaml", content).defects[0];

it.each([
  ["brackets", "[".repeat(20_000), 1, 101, "Lists and maps are nested deeper than 100 levels"],
  ["dashes", "- ".repeat(20_000), 1, 200, "Lists and maps are nested deeper than 100 levels"],
  ["question marks", "? ".repeat(20_000), 1, 200, "Lists and maps are nested deeper than 100 levels"],
  [
    "250 KB of one key",
    `${head}${"a: 1\n".repeat(40_000)}`,
    8572,
    3,
    "There are more than 60000 words and signs",
  ],
  ["a key again", `${head}metadata:\n  a: 1\n  b: 2\n  a: 3\n`, 11, 3, "Map keys must be unique: a"],
  [
    "aliases",
    `${head}metadata: {a: &a 1, b: [${"*a, ".repeat(200)}]}\n`,
    8,
    427,
    "There are more than 100 aliases",
  ],
  [
    "a second document",
    `${head}---\n${head}`,
    8,
    1,
    "There is a second document: each check has a file of its own",
  ],
])("%s: a defect with its place", (_, content, line, column, message) => {
  expect(readCheck("A.yaml", content)).toStrictEqual({
    check: null,
    defects: [{ file: "A.yaml", line, column, message }],
  });
});

it("the same key in two maps is none twice", () => {
  expect(readYaml("a: {x: 1}\nb: {x: 1, 1: 1, '1': 2}\n").fault).toBeNull();
});

it("words that begin with a star, or stand between quotes, are no aliases", () => {
  const content = `${head}metadata: {a: [${"'*a', ".repeat(200)}], b: a * b}\n`;
  expect(readCheck("A.yaml", content).defects).toStrictEqual([]);
});

it("a check with two thousand values is one still", () => {
  const values = Array.from({ length: 2_000 }, (_, index) => `  - name: v${index}\n    default: ${index}\n`);
  expect(readCheck("A.yaml", `${head}values:\n${values.join("")}`).check?.values).toHaveLength(2_000);
});

it.each([
  ["id: 123456\n", 'id must be a text: put it in quotes, as "123456"'],
  ["id: true\n", 'id must be a text: put it in quotes, as "true"'],
  ["id: [a]\n", "id must be a text"],
  ['id: ""\n', "id must not be empty"],
  ["id: ..\n", "id must be neither . nor .."],
  [`id: ${"a".repeat(257)}\n`, "id must have 256 characters at most"],
  ["name: a\n", "id is missing"],
])("%j is told so that it can be mended: %s", (content, message) => {
  expect(defectOf(content)).toMatchObject({ message });
});

it.each([
  ["facts", head.replace("facts: []", "facts: 1"), "facts must be a list of facts"],
  ["facts", head.replace("facts: []", "facts: [1]"), "facts.0 must be a fact, with its keys"],
  ["values", `${head}values: 1\n`, "values must be a list of values"],
  ["values", `${head}values: [1]\n`, "values.0 must be a value, with its keys"],
  [
    "conditions",
    `${head}values: [{name: v, default: 1, conditions: 1}]\n`,
    "values.0.conditions must be a list of conditions",
  ],
  [
    "conditions",
    `${head}values: [{name: v, default: 1, conditions: [1]}]\n`,
    "values.0.conditions.0 must be a condition, with its keys",
  ],
  ["metadata", `${head}metadata: 1\n`, "metadata must be keys with values"],
  ["customization", `${head}customization_disabled: 1\n`, "customization_disabled must be true or false"],
])("%s that are something else are told what they must be (%#)", (_, content, message) => {
  expect(defectOf(content)).toMatchObject({ message });
});

it.each([".nan", ".inf", "-.inf", "1e400"])("a value of %s is told what it is not", (value) => {
  expect(defectOf(`${head}values:\n  - name: v\n    default: ${value}\n`)).toMatchObject({
    line: 10,
    column: 14,
    message:
      "values.0.default must be a text, a number, true, false, null, a list or a map (.nan and .inf are none)",
  });
});

it.each([
  ["what a reader put for them", "\ufffd"],
  ["half of a character", "\ud800"],
])("bytes that are no character are a defect: %s", (_, broken) => {
  expect(readCheck("A.yaml", head.replace("group: g", `group: g${broken}`))).toStrictEqual({
    check: null,
    defects: [
      { file: "A.yaml", line: 3, column: 9, message: "Here are bytes that are no character of UTF-8" },
    ],
  });
});

it("of a thousand reasons the first are told", () => {
  expect(
    readCheck("A.yaml", `${head.replace("facts: []", `facts: [${"1, ".repeat(1_000)}]`)}`).defects,
  ).toHaveLength(20);
});
