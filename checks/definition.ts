/** A check, as the engine knows it. The names are those of the YAML format and of the HTTP API. */
import { z } from "zod";
import { jsonValue } from "./json.ts";

export const severitySchema = z.enum(["critical", "warning"]);
export type Severity = z.infer<typeof severitySchema>;

export const expectationTypes = ["expect", "expect_same", "expect_enum"] as const;
export type ExpectationType = (typeof expectationTypes)[number];

export const factDeclarationSchema = z.object({
  name: z.string(),
  /** `name`, or `name@vN`. */
  gatherer: z.string(),
  argument: z.string(),
});
export type FactDeclaration = z.infer<typeof factDeclarationSchema>;

export const valueSchema = z.object({
  name: z.string(),
  default: jsonValue(),
  /** The first whose expression is exactly true over `env` gives the value. */
  conditions: z.array(z.object({ value: jsonValue(), expression: z.string() })),
  customization_disabled: z.boolean(),
});
export type ValueDeclaration = z.infer<typeof valueSchema>;

export const expectationSchema = z.object({
  name: z.string(),
  type: z.enum(expectationTypes),
  expression: z.string(),
  failure_message: z.string().nullable(),
  warning_message: z.string().nullable(),
});
export type Expectation = z.infer<typeof expectationSchema>;

export const checkDefinitionSchema = z.object({
  id: z.string(),
  name: z.string(),
  group: z.string(),
  /** Markdown, as `remediation` is. */
  description: z.string(),
  remediation: z.string(),
  severity: severitySchema,
  metadata: z.record(z.string(), jsonValue()).nullable(),
  /** Rhai over `env`: whether the check concerns such a target at all. */
  when: z.string().nullable(),
  /** Rhai over `host`, a target's attributes: whether the check is left out there. */
  exclude: z.string().nullable(),
  customization_disabled: z.boolean(),
  facts: z.array(factDeclarationSchema),
  values: z.array(valueSchema),
  expectations: z.array(expectationSchema),
});
export type CheckDefinition = z.infer<typeof checkDefinitionSchema>;

/** A catalogue is a set of checks that came together and has one version. */
export interface Catalogue {
  readonly name: string;
  readonly version: string;
  readonly checks: readonly CheckDefinition[];
}

/** Where a file of a catalogue is wrong. Lines and columns count from 1. */
export interface Defect {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export const defectSchema = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  message: z.string(),
});
