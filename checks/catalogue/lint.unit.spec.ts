/** Catalogues with what goes wrong when checks are written by hand. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import type { Evaluator } from "../evaluator.ts";
import { rhaiEvaluator } from "../rhai-evaluator.ts";
import { lint } from "./lint.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

const sound = `id: "AB12CD"
name: Fencing is on
group: Pacemaker
description: |
  What it is
remediation: |
  What to do
severity: warning
when: env.provider == "azure"
exclude: host.role == "arbiter"
metadata:
  target_type: cluster
facts:
  - name: enabled
    gatherer: cibadmin@v1
    argument: cib.configuration
  - name: timeout
    gatherer: cibadmin@v1
values:
  - name: least
    default: 150
    conditions:
      - value: 900
        when: env.provider == "azure"
expectations:
  - name: enabled
    expect: |
      let on = facts.enabled;
      on == "true"
    failure_message: "Fencing is \${facts.enabled}"
  - name: same
    expect_same: facts.timeout
    failure_message: The timeouts differ
  - name: long
    expect_enum: |
      if facts.timeout >= values.least { return "passing"; }
      "warning"
    failure_message: Not at all
    warning_message: "\${facts.timeout} is less than \${values.least}"
`;

const lintOf = (content: string, name = "AB12CD.yaml") =>
  lint([{ name, content }], evaluator).map(
    ({ line, column, message, severity }) => `${line}:${column} ${severity}: ${message}`,
  );

it.each([
  ["an explanation with its references", "|\n  What it is.\n\n  ## References\n\n  - somewhere"],
  ["a long text", "x".repeat(201)],
])("warns of a description that is %s", (_, description) => {
  expect(lintOf(sound.replace("|\n  What it is", description))).toStrictEqual([
    expect.stringMatching(
      /^4:\d+ warning: description is shown as one line: explanations belong to the remediation$/,
    ),
  ]);
});

it("finds nothing in a check that is sound", () => {
  expect(lintOf(sound)).toStrictEqual([]);
});

/** Stands in a slip where it is to be found. */
const MARK = "¦";

/** The places of the marks, and the file without them. */
function unmarked(marked: string) {
  const [first = "", ...rest] = marked.split(MARK);
  let content = first;
  const places = rest.map((part) => {
    const before = content.split("\n");
    content += part;
    return `${before.length}:${(before.at(-1) ?? "").length + 1}`;
  });
  return { content, places };
}

/** What is written, the slip in place of it, and the beginnings of all that is said about it. */
const slips: readonly (readonly [string, string, string, ...(readonly string[])])[] = [
  [
    "a function that came after Wanda's Rhai",
    "expect_same: facts.timeout",
    "expect_same: facts.timeout.¦sort_desc()",
    "warning: expectations.1.expect_same calls sort_desc, which Wanda's Rhai (1.21) does not have",
  ],
  [
    "a script of several lines that does not compile",
    'on == "true"\n',
    'on == "true" ¦{\n',
    "error: expectations.0.expect does not compile: Expecting ';'",
  ],
  [
    "a script that ends too early",
    'on == "true"\n',
    "on ==¦\n\n",
    "error: expectations.0.expect does not compile: Script is incomplete",
  ],
  [
    "a script of one line that does not compile",
    "expect_same: facts.timeout",
    "expect_same: facts.timeout ==¦",
    "error: expectations.1.expect_same does not compile: Script is incomplete",
  ],
  [
    "a top-level when that does not compile",
    'when: env.provider == "azure"\nexclude',
    'when: env.provider = ¦= "azure"\nexclude',
    "error: when does not compile: Unexpected '='",
  ],
  [
    "an exclude that does not compile",
    `exclude: host.role == "arbiter"`,
    `exclude: 'host.role["it''s"] ¦is 1'`,
    "error: exclude does not compile: Expecting ';'",
  ],
  [
    "a condition that does not compile",
    '        when: env.provider == "azure"',
    '        when: env.provider ¦is "azure"',
    "error: values.0.conditions.0.when does not compile: Expecting ';'",
  ],
  [
    "a message with backticks",
    `"Fencing is \${facts.enabled}"`,
    '"\\"Fencing\\" is `¦on`"',
    "error: expectations.0.failure_message cannot be filled in: Expecting ';'",
  ],
  [
    "a warning message with a gap that does not end",
    `less than \${values.least}"`,
    `less than \${values.least¦"`,
    "error: expectations.2.warning_message cannot be filled in: ",
  ],
  [
    "a message for all targets that has a gap",
    "The timeouts differ",
    `¦It is \${facts.nothing}`,
    "error: expectations.1.failure_message is for all targets at once",
  ],
  [
    "a warning that is never shown",
    "failure_message: The timeouts differ",
    "warning_message: ¦The timeouts differ",
    "error: expectations.1.warning_message is never shown",
  ],
  [
    "an enum that knows no warning",
    'expect_enum: |\n      if facts.timeout >= values.least { return "passing"; }\n      "warning"',
    'expect_enum: ¦|\n      if facts.timeout >= values.least { return "passing"; }\n      "critical"',
    'error: expectations.2.expect_enum must be able to give "passing" and "warning"',
  ],
  [
    "a fact that is not declared",
    "let on = facts.enabled;",
    'let on = ¦facts.enabld; // facts.comment, "facts.text"',
    "error: expectations.0.expect names facts.enabld, which is not declared",
  ],
  [
    "a value that is not declared, in a message",
    `is less than \${values.least}`,
    `is less than \${¦values.last}`,
    "error: expectations.2.warning_message names values.last, which is not declared",
  ],
  [
    "two facts of one name",
    "  - name: timeout\n",
    "  - name: timeout\n    gatherer: hosts\n  - name: ¦timeout\n",
    "error: facts.2.name is that of facts.1 too: timeout",
  ],
  [
    "two values of one name",
    "expectations:",
    "  - name: ¦least\n    default: 1\nexpectations:",
    "error: values.1.name is that of values.0 too: least",
  ],
  [
    "two expectations of one name",
    "  - name: same",
    "  - name: ¦enabled",
    "error: expectations.1.name is that of expectations.0 too: enabled",
  ],
  [
    "a condition whose value is of another type",
    "      - value: 900",
    '      - value: ¦"900"',
    "error: values.0.conditions.0.value is of type string, and the default of type number",
  ],
  [
    "a default that is a list, where a condition has one entry",
    "    default: 150\n    conditions:\n      - value: 900",
    "    default: [150]\n    conditions:\n      - value: ¦900",
    "error: values.0.conditions.0.value is of type number, and the default of type array",
  ],
  [
    "a default that is nothing, where a condition has something",
    "    default: 150\n    conditions:\n      - value: 900",
    "    default: null\n    conditions:\n      - value: ¦900",
    "error: values.0.conditions.0.value is of type number, and the default of type null",
  ],
  [
    "a kind of target that there is not",
    "target_type: cluster",
    "target_type: ¦database",
    'warning: metadata.target_type is neither cluster nor host: "database"',
  ],
  [
    "no kind of target",
    "target_type: cluster",
    "¦provider: azure",
    "warning: metadata.target_type is missing",
  ],
  [
    "a severity that there is not",
    "severity: warning",
    "severity: ¦warn",
    "error: severity is neither critical nor warning",
  ],
  ["what older checks say", "when:", "premium: ¦true\nwhen:", "warning: premium has no effect any more"],
  ["an unknown key of a check", "when:", "¦whence: true\nwhen:", "error: whence is no key of a check"],
  [
    "an unknown key of a fact",
    "    argument: cib",
    "    ¦arguments: cib",
    "error: facts.0.arguments is no key of a check",
  ],
  [
    "an unknown key of a value",
    "    default: 150\n",
    "    default: 150\n    ¦type: int\n",
    "error: values.0.type is no key of a check",
  ],
  [
    "an unknown key of a condition",
    "      - value: 900\n",
    "      - value: 900\n        ¦if: yes\n",
    "error: values.0.conditions.0.if is no key of a check",
  ],
  [
    "an unknown key of an expectation",
    "    warning_message:",
    "    ¦warn_message:",
    "error: expectations.2.warn_message is no key of a check",
  ],
  [
    "a misspelt key in place of one that must be there",
    "  - name: least\n    default: 150\n",
    "  - ¦name: least\n    ¦defaults: 150\n",
    "error: values.0.default is missing",
    "error: values.0.defaults is no key of a check",
  ],
  [
    "a wrong type",
    "    default: 150\n",
    "    default: 150\n    customization_disabled: ¦1\n",
    "error: values.0.",
  ],
  ["a key twice", "facts:", "¦group: SBD\nfacts:", "error: Map keys must be unique"],
  ["another name than its id", 'id: "AB12CD"', "id: ¦AB12CE", "error: The file must be called AB12CE.yaml"],
];

describe("tells, with the place:", () => {
  it.each(slips)("%s", (_, written, slip, ...beginnings) => {
    expect(sound).toContain(written);
    const { content, places } = unmarked(sound.replace(written, () => slip));
    const found = lintOf(content);
    expect(found).toStrictEqual(
      places.map((place, index) => expect.stringContaining(`${place} ${beginnings[index]}`)),
    );
  });

  it("what is missing, at what should have it, beside what was meant", () => {
    expect(lintOf(sound.replace("expectations:", "expectation:"))).toStrictEqual([
      "1:1 error: expectations is missing",
      expect.stringMatching(/^\d+:1 error: expectation is no key of a check$/),
    ]);
  });

  it("all that is wrong, in the order of the places", () => {
    const { content, places } = unmarked(
      sound
        .replace("AB12CD", "AB12CE")
        .replace(`"AB12CE"`, `¦"AB12CE"`)
        .replace("cluster", "¦desk")
        .replace("facts.enabled;", "¦facts.on;"),
    );
    const found = lintOf(content);
    expect(found.map((one) => one.split(" ")[0])).toStrictEqual(places);
    expect(places).toHaveLength(3);
  });
});

it("an id that two files have is told at the second, whichever folders they lie in", () => {
  const files = ["ours/AB12CD.yaml", "theirs/AB12CD.yaml"].map((name) => ({ name, content: sound }));
  expect(lint(files, evaluator)).toStrictEqual([
    {
      file: "theirs/AB12CD.yaml",
      line: 1,
      column: 5,
      message: "id is that of ours/AB12CD.yaml too: AB12CD",
      severity: "error",
    },
  ]);
});

it("a file that cannot be read at all hides no other", () => {
  const files = [
    { name: "AA0000.yaml", content: "id: [" },
    { name: "AB12CD.yaml", content: sound.replace("facts.enabled;", "facts.on;") },
    { name: "AC0000.yaml", content: " ".repeat(300_000) },
  ];
  expect(lint(files, evaluator).map(({ file }) => file)).toStrictEqual(files.map(({ name }) => name));
});
