/** Catalogues that mean harm, or were written without a thought of it. */
export interface File {
  readonly name: string;
  readonly content: string;
}

export function file(id: string, expressions: readonly string[], more = ""): File {
  const expectations = expressions.map(
    (expression, index) => `  - name: e${index}\n    expect: |\n      ${expression}\n`,
  );
  const content = `id: ${id}\nname: n\ngroup: g\ndescription: d\nremediation: r\n${more}facts:\n  - name: a\n    gatherer: hosts@v1\nexpectations:\n${expectations.join("")}`;
  return { name: `${id}.yaml`, content };
}

export const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `H${index}`);

export function files(count: number, expressions: readonly string[], more = ""): File[] {
  return idsOf(count).map((id) => file(id, expressions, more));
}

export const COMPARE =
  "let a = []; for i in 0..19000 { a.push(i) } for j in 0..100 { for k in 0..100 { if a == a { } } } true";
export const CONTAINS =
  'let s = "a"; for i in 0..19 { s += s; } for i in 0..200000 { s.contains("b"); } true';
export const ENDLESS = "let x = 0; loop { x += 1; }";
export const CLOSURES = "let a = [1]; loop { a.map(|x| x + 1); }";

const sound = file("SOUND", ["true"]);
/** Two files, of which one is hard to read. */
export const equalKeys: readonly File[] = [
  sound,
  { name: "BAD.yaml", content: `${file("BAD", ["true"]).content}${"a: 1\n".repeat(49_000)}` },
];
export const brackets: readonly File[] = [sound, { name: "BAD.yaml", content: "[".repeat(20_000) }];

/** Nothing is wrong with them but their number. */
export function many(count: number): File[] {
  const more = `metadata:\n  target_type: host\n  note: ${"x".repeat(300)}\n`;
  return Array.from({ length: count }, (_, index) =>
    file(`M${index}`, ["facts.a == 1", "facts.a != 2"], more),
  );
}
