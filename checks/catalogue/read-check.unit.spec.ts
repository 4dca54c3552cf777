/** Files of catalogues: what they become, and where they are wrong. */
import { describe, expect, it } from "vitest";
import { readCheck } from "./read-check.ts";

const head = `id: "ED6E01"
name: Token
group: Corosync
description: |
  What it is
remediation: |
  What to do
`;
const whole = `${head}severity: warning
premium: true
metadata:
  target_type: cluster
  provider: [azure, aws]
facts:
  - name: token
    gatherer: corosync.conf@v1
    argument: totem.token
  - name: nodes
    gatherer: hosts
values:
  - name: expected
    default: 5000
    conditions:
      - value: 30000
        when: env.provider == "azure"
expectations:
  - name: met
    expect: facts.token == values.expected
    failure_message: It is \${facts.token}
  - name: same
    expect_same: facts.token
  - name: graded
    expect_enum: if facts.token == 1 { "passing" } else { "warning" }
    warning_message: so so
`;

it("a whole check is read with its defaults filled in", () => {
  expect(readCheck("ED6E01.yaml", whole)).toStrictEqual({
    defects: [],
    check: {
      id: "ED6E01",
      name: "Token",
      group: "Corosync",
      description: "What it is\n",
      remediation: "What to do\n",
      severity: "warning",
      metadata: { target_type: "cluster", provider: ["azure", "aws"] },
      when: null,
      exclude: null,
      customization_disabled: false,
      facts: [
        { name: "token", gatherer: "corosync.conf@v1", argument: "totem.token" },
        { name: "nodes", gatherer: "hosts", argument: "" },
      ],
      values: [
        {
          name: "expected",
          default: 5000,
          conditions: [{ value: 30000, expression: 'env.provider == "azure"' }],
          customization_disabled: false,
        },
      ],
      expectations: [
        {
          name: "met",
          type: "expect",
          expression: "facts.token == values.expected",
          failure_message: `It is \${facts.token}`,
          warning_message: null,
        },
        {
          name: "same",
          type: "expect_same",
          expression: "facts.token",
          failure_message: null,
          warning_message: null,
        },
        {
          name: "graded",
          type: "expect_enum",
          expression: 'if facts.token == 1 { "passing" } else { "warning" }',
          failure_message: null,
          warning_message: "so so",
        },
      ],
    },
  });
});

it.each(["critical", "fatal", "7", "~"])("a severity of %s is critical", (severity) => {
  const { check } = readCheck("ED6E01.yaml", whole.replace("severity: warning", `severity: ${severity}`));
  expect(check?.severity).toBe("critical");
});

it("only what a check needs must be there", () => {
  const least = `${head}facts: []\nexpectations: []\n`;
  expect(readCheck("ED6E01.yaml", least)).toMatchObject({
    defects: [],
    check: { severity: "critical", metadata: null, values: [], facts: [], customization_disabled: false },
  });
});

describe("a file that is no check is told so, with the place", () => {
  it.each([
    ["nothing", "", 1, 1, "The file is no check"],
    ["a list", "- 1", 1, 1, "The file is no check"],
    ["broken YAML", "id: [", 1, 6, "Flow sequence"],
    ["a key twice", `${whole}id: "ED6E01"\n`, 34, 1, "Map keys must be unique"],
    ["an id that is a number", whole.replace('"ED6E01"', "123456"), 1, 5, "id must be a text"],
    ["no facts", head, 1, 1, "facts is missing"],
    [
      "a fact without a gatherer",
      whole.replace("    gatherer: hosts\n", ""),
      17,
      5,
      "facts.1.gatherer is missing",
    ],
    [
      "an expectation of two kinds",
      whole.replace("    expect_same: facts.token\n", "    expect_same: a\n    expect: b\n"),
      29,
      5,
      "expectations.1 must have exactly one of",
    ],
    [
      "an expectation of none",
      whole.replace("    expect_same: facts.token\n", ""),
      29,
      5,
      "expectations.1 must have",
    ],
    ["another name than its id", whole.replace("ED6E01", "ED6E02"), 1, 5, "must be called ED6E02.yaml"],
  ])("%s", (_, content, line, column, message) => {
    const { check, defects } = readCheck("ED6E01.yaml", content);
    expect(check).toBeNull();
    expect(defects).toContainEqual({
      file: "ED6E01.yaml",
      line,
      column,
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ["too large", " ".repeat(300_000)],
    [
      "aliases that multiply",
      `a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]`,
    ],
    ["nested without end", "[".repeat(50_000)],
    ["two documents", `${whole}---\n${whole}`],
  ])("%s", (_, content) => {
    const { check, defects } = readCheck("ED6E01.yaml", content);
    expect(check).toBeNull();
    expect(defects.length).toBeGreaterThan(0);
  });
});
