/** Reads one file of a catalogue. */
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { CheckDefinition, Defect, Expectation } from "../definition.ts";
import { type CheckFile, fileSchema } from "./format.ts";

/** Characters. Real checks have some thousand. */
const LONGEST = 256_000;
/** Aliases multiply what they name: checks have no use for more than a few. */
const MOST_ALIASES = 100;

export interface ReadCheck {
  /** Null where the file is no check. */
  readonly check: CheckDefinition | null;
  readonly defects: readonly Defect[];
}

function expectationOf(one: CheckFile["expectations"][number]): Expectation {
  const { name, expect, expect_same, expect_enum, failure_message = null, warning_message = null } = one;
  const messages = { failure_message, warning_message };
  if (expect !== undefined) return { name, type: "expect", expression: expect, ...messages };
  if (expect_same !== undefined) return { name, type: "expect_same", expression: expect_same, ...messages };
  return { name, type: "expect_enum", expression: expect_enum ?? "", ...messages };
}

function definitionOf(file: CheckFile): CheckDefinition {
  const { id, name, group, description, remediation } = file;
  return {
    id,
    name,
    group,
    description,
    remediation,
    severity: file.severity === "warning" ? "warning" : "critical",
    metadata: file.metadata ?? null,
    when: file.when ?? null,
    exclude: file.exclude ?? null,
    customization_disabled: file.customization_disabled ?? false,
    facts: file.facts.map((fact) => ({ ...fact, argument: fact.argument ?? "" })),
    values: (file.values ?? []).map((value) => ({
      name: value.name,
      default: value.default,
      conditions: (value.conditions ?? []).map((one) => ({ value: one.value, expression: one.when })),
      customization_disabled: value.customization_disabled ?? false,
    })),
    expectations: file.expectations.map(expectationOf),
  };
}

/** Where a path leads; where it leads nowhere, what comes next before it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Never throws: what is wrong with a file is a defect, with its place. */
export function readCheck(file: string, content: string): ReadCheck {
  const lines = new LineCounter();
  const defectAt = (offset: number, message: string): Defect => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  if (content.length > LONGEST) {
    return {
      check: null,
      defects: [{ file, line: 1, column: 1, message: "The file is larger than 256 KB" }],
    };
  }
  try {
    const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
    const [broken] = document.errors;
    if (broken !== undefined) return { check: null, defects: [defectAt(broken.pos[0], broken.message)] };
    const parsed = fileSchema.safeParse(document.toJS({ maxAliasCount: MOST_ALIASES }));
    if (!parsed.success) {
      const defects = parsed.error.issues.map(({ path, message, code }) => {
        const key = path.join(".");
        const isMissing = code === "invalid_type" && path.length > 0 && !document.hasIn(path);
        const reason = isMissing ? "is missing" : message;
        return defectAt(offsetOf(document, path), key === "" ? "The file is no check" : `${key} ${reason}`);
      });
      return { check: null, defects };
    }
    const check = definitionOf(parsed.data);
    if (file === `${check.id}.yaml`) return { check, defects: [] };
    const misnamed = `The file must be called ${check.id}.yaml, as its id says`;
    return { check: null, defects: [defectAt(offsetOf(document, ["id"]), misnamed)] };
  } catch (error) {
    // Aliases beyond the limit, or nesting beyond the stack.
    return { check: null, defects: [{ file, line: 1, column: 1, message: `Not readable: ${error}` }] };
  }
}
