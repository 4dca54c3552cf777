/** Names in the words of a script. */
import { expect, it } from "vitest";
import { namesUsed } from "./names-used.ts";

const names = (source: string) => namesUsed(source).map(({ kind, name }) => `${kind}.${name}`);

it.each([
  ["facts.a == values.b", ["facts.a", "values.b"]],
  ["facts.a.b > facts.a.len()", ["facts.a"]],
  ["facts . a", ["facts.a"]],
  ["facts.keys().len() + facts.keys", ["facts.keys"]],
  ["facts.len() > 0", []],
  ["host.facts.a || myfacts.b || facts_c.d", []],
  ["facts.a // facts.b\n&& facts.c /* facts.d\n */", ["facts.a", "facts.c"]],
  ['"facts.a" + facts.b + "\\" facts.c"', ["facts.b"]],
  ["'\"' != facts.a[0] && '\\'' != facts.b[0]", ["facts.a", "facts.b"]],
  ['#"facts.a " facts.b"# == facts.c', ["facts.c"]],
  [`\`facts.a \${facts.b} facts.c\``, ["facts.b"]],
  [
    `\`\${ if facts.a { \`\${values.b} facts.c\` } else { "}" } } facts.d\` + facts.e`,
    ["facts.a", "values.b", "facts.e"],
  ],
  ["let x = #{ a: facts.b }; x.a", ["facts.b"]],
  ["`${facts.a", ["facts.a"]],
  ["", []],
])("%s", (source, used) => {
  expect(names(source)).toStrictEqual(used);
});

it("a name has the place of its first use", () => {
  expect(namesUsed("let a = 1;\n  facts.b == facts.b\n  && values.c")).toStrictEqual([
    { kind: "facts", name: "b", line: 2, column: 3 },
    { kind: "values", name: "c", line: 3, column: 6 },
  ]);
});
