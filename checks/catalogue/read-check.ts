/** Reads one file of a catalogue. */
import type { z } from "zod";
import type { CheckDefinition, Defect, Expectation } from "../definition.ts";
import { repeatedNames, repetition } from "../names.ts";
import { type CheckFile, fileSchema } from "./format.ts";
import { Places } from "./places.ts";

/** Characters. Real checks have some thousand. */
const LONGEST = 256_000;

/** Of one file: a thousand reasons say no more than the first ones. */
const MOST_DEFECTS = 20;

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

interface ReadContent extends ReadCheck {
  /** Null where the file is not readable at all. */
  readonly places: Places | null;
}

const missing: readonly string[] = ["invalid_type", "custom"];

function defectsOf(file: string, places: Places, issues: readonly z.core.$ZodIssue[]): Defect[] {
  return issues.slice(0, MOST_DEFECTS).map(({ path, message, code }) => {
    const key = path.join(".");
    const isMissing = missing.includes(code) && path.length > 0 && !places.has(path);
    const reason = key === "" ? "The file is no check" : `${key} ${isMissing ? "is missing" : message}`;
    return { file, ...places.of(path), message: reason };
  });
}

/** Whoever read the bytes of the file put this in the place of those that are no character. */
const REPLACED = "\ufffd";

function placeOfBrokenText(content: string): number {
  const replaced = content.indexOf(REPLACED);
  return replaced === -1 && !content.isWellFormed() ? content.toWellFormed().indexOf(REPLACED) : replaced;
}

function read(file: string, content: string): ReadContent {
  const places = new Places(content);
  const { broken } = places;
  if (broken !== null) return { check: null, defects: [{ file, ...broken }], places: null };
  const parsed = fileSchema.safeParse(places.value);
  if (!parsed.success) return { check: null, defects: defectsOf(file, places, parsed.error.issues), places };
  const check = definitionOf(parsed.data);
  const message = `The file must be called ${check.id}.yaml, as its id says`;
  const misnamed = file === `${check.id}.yaml` ? [] : [{ file, ...places.of(["id"]), message }];
  const repeated = repeatedNames(check).map((one) => {
    const path = [one.list, one.index, "name"];
    return { file, ...places.of(path), message: `${path.join(".")} ${repetition(one)}` };
  });
  return { check, defects: [...misnamed, ...repeated], places };
}

/** As `readCheck`, and the check is there for a file of another name, and where names stand in it twice, too. */
export function readContent(file: string, content: string): ReadContent {
  const unusable = (message: string): ReadContent => ({
    check: null,
    defects: [{ file, line: 1, column: 1, message }],
    places: null,
  });
  if (content.length > LONGEST) return unusable("The file is larger than 256 KB");
  const broken = placeOfBrokenText(content);
  if (broken !== -1) {
    const lines = content.slice(0, broken).split("\n");
    const place = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    const message = "Here are bytes that are no character of UTF-8";
    return { check: null, defects: [{ file, ...place, message }], places: null };
  }
  try {
    return read(file, content);
  } catch (error) {
    // Aliases beyond the limit, or nesting beyond the stack.
    return unusable(`Not readable: ${error}`);
  }
}

/** Never throws: what is wrong with a file is a defect, with its place. */
export function readCheck(file: string, content: string): ReadCheck {
  const { check, defects } = readContent(file, content);
  return { check: defects.length === 0 ? check : null, defects };
}
