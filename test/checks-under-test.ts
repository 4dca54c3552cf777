/** How integration tests run checks: executions that are started straight at their objects. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { FactsGathered } from "../checks/agent-messages.ts";
import type { CheckDefinition } from "../checks/definition.ts";
import { check } from "../checks/example.spec.ts";
import type { Fact } from "../checks/facts.ts";
import type { ExecutionPlan } from "../checks/planning/plan.ts";
import { executionStub, LATEST } from "../durable-objects/streams.ts";

/** Whether the token is large enough. */
export const tokenCheck: CheckDefinition = check([
  {
    name: "large_enough",
    type: "expect",
    expression: "facts.token >= values.least",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Rhai's own interpolation
    failure_message: "The token is ${facts.token}",
    warning_message: null,
  },
]);

const MINUTE = 60_000;

export async function ended(execution: ExecutionUnderTest): Promise<void> {
  await expect.poll(() => execution.stub.status()).toBe("completed");
}

export class ExecutionUnderTest {
  readonly id = crypto.randomUUID();
  readonly groupId = crypto.randomUUID();
  readonly agents: readonly string[];
  readonly object = env.EXECUTION.getByName(this.id);
  readonly stub = executionStub(env, this.id);

  constructor(numberOfTargets = 2) {
    this.agents = Array.from({ length: numberOfTargets }, () => crypto.randomUUID());
  }

  plan(more: Partial<ExecutionPlan> = {}): ExecutionPlan {
    return {
      execution_id: this.id,
      group_id: this.groupId,
      target_type: "nothing of the landscape",
      env: { provider: "azure" },
      targets: this.agents.map((agent_id) => ({ agent_id, checks: [tokenCheck.id], attributes: {} })),
      definitions: [{ ...tokenCheck, catalogue: "own" }],
      catalogues: [{ name: "own", version: "1" }],
      values: { [tokenCheck.id]: [{ name: "least", value: 5_000, customized: false }] },
      excluded: [],
      ...more,
    };
  }

  start(more: Partial<ExecutionPlan> = {}, timeout = MINUTE) {
    return this.stub.start(this.plan(more), timeout);
  }

  answer(facts_gathered: Fact[], more: Partial<FactsGathered> = {}): FactsGathered {
    return { type: "FactsGathered", execution_id: this.id, group_id: this.groupId, facts_gathered, ...more };
  }

  /** An agent tells its token. */
  tells(agent: string | undefined, value: Extract<Fact, { value: unknown }>["value"] = 5_000) {
    const token = { check_id: tokenCheck.id, name: "token", value };
    return this.stub.receiveFacts(agent ?? "nobody", this.answer([token]));
  }

  async events(): Promise<string[]> {
    return (await this.stub.readEvents(1)).map(({ type }) => type);
  }

  async state() {
    return (await this.stub.stateAt(LATEST)).state;
  }

  /** What the end of the execution says; undefined before it. */
  async summary(): Promise<unknown> {
    const events = await this.stub.readEvents(1);
    return events.find(({ type }) => type === "ExecutionCompleted")?.data;
  }

  async results() {
    return (await this.stub.details())?.check_results ?? null;
  }

  /** What the read model has of it. */
  row(): Promise<Record<string, unknown> | null> {
    return env.DB.prepare("SELECT * FROM executions WHERE id = ?").bind(this.id).first();
  }

  ring(): Promise<boolean> {
    return runDurableObjectAlarm(this.object);
  }
}
