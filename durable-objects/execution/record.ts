/** What an execution keeps beside its events: its plan, the facts while it runs, and what it found. */
import { z } from "zod";
import { factSchema } from "../../checks/agent-messages.ts";
import { checkDefinitionSchema } from "../../checks/definition.ts";
import type { Fact } from "../../checks/facts.ts";
import { jsonValue } from "../../checks/json.ts";
import type { ExecutionPlan } from "../../checks/planning/plan.ts";
import { type CheckResult, checkResultSchema, resolvedValueSchema } from "../../checks/results.ts";
import { compress, deletePayload, insertPayload, payloadsTable, readPayload } from "../payloads.ts";

const planSchema = z.object({
  execution_id: z.string(),
  group_id: z.string(),
  target_type: z.string(),
  env: z.record(z.string(), jsonValue()),
  targets: z.array(
    z.object({
      agent_id: z.string(),
      checks: z.array(z.string()),
      attributes: z.record(z.string(), jsonValue()),
    }),
  ),
  definitions: z.array(checkDefinitionSchema.extend({ catalogue: z.string() })),
  catalogues: z.array(z.object({ name: z.string(), version: z.string() })),
  values: z.record(z.string(), z.array(resolvedValueSchema)),
  excluded: z.array(z.object({ check_id: z.string(), agent_id: z.string(), expression: z.string() })),
});

const PLAN = "plan";
const RESULTS = "results";
const FACTS = "facts/";

type OwnerRow = { owner: string };

export class ExecutionRecord {
  readonly #sql: SqlStorage;
  /** It never changes, and is asked for at every answer. */
  #plan: ExecutionPlan | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  createTable(): void {
    this.#sql.exec(payloadsTable);
  }

  insertPlan(compressed: Uint8Array): void {
    insertPayload(this.#sql, PLAN, compressed);
    this.#plan = null;
  }

  /** Null where no execution was started. */
  async plan(): Promise<ExecutionPlan | null> {
    if (this.#plan === null) {
      const text = await readPayload(this.#sql, PLAN);
      this.#plan = text === null ? null : planSchema.parse(JSON.parse(text));
    }
    return this.#plan;
  }

  insertFacts(agentId: string, compressed: Uint8Array): void {
    insertPayload(this.#sql, `${FACTS}${agentId}`, compressed);
  }

  /** By agent: those that have answered. */
  async facts(): Promise<Map<string, readonly Fact[]>> {
    const facts = new Map<string, readonly Fact[]>();
    for (const owner of this.#ownersOfFacts()) {
      const text = await readPayload(this.#sql, owner);
      if (text !== null) facts.set(owner.slice(FACTS.length), z.array(factSchema).parse(JSON.parse(text)));
    }
    return facts;
  }

  /** The results hold the facts that they were drawn from: what was kept of them until then goes. */
  insertResults(compressed: Uint8Array): void {
    insertPayload(this.#sql, RESULTS, compressed);
    this.#plan = null;
    for (const owner of this.#ownersOfFacts()) deletePayload(this.#sql, owner);
  }

  /** Null until the execution has ended. */
  async results(): Promise<CheckResult[] | null> {
    const text = await readPayload(this.#sql, RESULTS);
    return text === null ? null : z.array(checkResultSchema).parse(JSON.parse(text));
  }

  #ownersOfFacts(): string[] {
    return this.#sql
      .exec<OwnerRow>("SELECT DISTINCT owner FROM payloads WHERE owner GLOB 'facts/*'")
      .toArray()
      .map(({ owner }) => owner);
  }
}

/** A text as the record takes it. */
export async function packed(value: unknown): Promise<Uint8Array> {
  return compress(JSON.stringify(value));
}
