/**
 * The Durable Object of an execution: asks the targets for facts, evaluates when all have answered or the time is up, and
 * keeps what it found. Every step is an alarm that is due until the step is done, so a crash at any point costs a repetition.
 */
import type { FactsGathered } from "../checks/agent-messages.ts";
import { evaluateExecution } from "../checks/evaluation/evaluate.ts";
import { activeTargets, type ExecutionPlan, factRequests } from "../checks/planning/plan.ts";
import type { CheckResult } from "../checks/results.ts";
import {
  type ExecutionCommand,
  type ExecutionEvent,
  type ExecutionRefusal,
  type ExecutionState,
  execution,
} from "../domain/execution/index.ts";
import { AlarmClock } from "./alarm-clock.ts";
import { inBatches } from "./batches.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { evaluationOf } from "./evaluation/index.ts";
import { AggregateObject } from "./event-stream/aggregate-object.ts";
import { readCheckpoints } from "./event-stream/checkpoints.ts";
import type { CommandOutcome } from "./event-stream/commands.ts";
import type { AggregateDefinition } from "./event-stream/definition.ts";
import { type StreamName, streamKey } from "./event-stream/events.ts";
import { PROJECTOR, type Subscriber } from "./event-stream/subscribers.ts";
import { factsToKeep, type Receipt, refusedBecause } from "./execution/receipt.ts";
import { ExecutionRecord, packed } from "./execution/record.ts";
import { completedMessage, startedMessages } from "./execution/relayed.ts";
import { isNewest, keptFor, removeFromReadModel } from "./execution/retention.ts";
import { count } from "./metrics/tally.ts";
import { compress } from "./payloads.ts";
import { tellRelays } from "./relays.ts";
import { Turns } from "./turns.ts";

export const executionDefinition: AggregateDefinition<
  ExecutionState,
  ExecutionCommand,
  ExecutionEvent,
  ExecutionRefusal
> = {
  ...execution,
  type: "execution",
  upcasters: {},
  snapshotSchema: 2,
  closedBy: "ExecutionCompleted",
  reopenedBy: [],
};

/** What the process manager reacts to. */
const followedUp: ReadonlySet<ExecutionEvent["type"]> = new Set<ExecutionEvent["type"]>([
  "ExecutionCompleted",
]);

type Purpose = "ask" | "evaluate" | "deadline" | "announce" | "delivery" | "retention";

/** Milliseconds until a step that failed is tried again. */
const PAUSE_AFTER_FAILURE = 1_000;
/** Milliseconds after which a delivery that has not come to an end is begun anew. */
const DELIVERY_ENDS_WITHIN = 10 * 60_000;
/** Milliseconds until it is first looked again whether the end can be read, and after which it is told all the same. */
const SHOWN_SOON = 50;
const SHOWN_WITHIN = 10_000;
/** Milliseconds until it is asked again whether the last execution of a group is the last still. */
const LOOK_AGAIN_AFTER = 24 * 60 * 60_000;

export interface ExecutionDetails {
  readonly plan: ExecutionPlan;
  /** Null while the execution runs. */
  readonly check_results: readonly CheckResult[] | null;
}

export class ExecutionObject extends AggregateObject<
  ExecutionState,
  ExecutionCommand,
  ExecutionEvent,
  ExecutionRefusal
> {
  readonly #clock: AlarmClock<Purpose>;
  readonly #record: ExecutionRecord;
  readonly #turns = new Turns();
  /** It takes a while, perhaps elsewhere: nobody is to wait for it. */
  #isEvaluating = false;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env, executionDefinition);
    this.#clock = new AlarmClock(ctx.storage);
    this.#record = new ExecutionRecord(ctx.storage.sql);
  }

  protected override subscribers(): readonly Subscriber[] {
    return [
      { name: PROJECTOR, queue: this.env.PROJECTOR_QUEUE },
      { name: "process-manager", wants: followedUp, queue: this.env.PROCESS_MANAGER_QUEUE },
      ...this.webhooks(),
    ];
  }

  /**
   * Starts what was planned. One that was started before goes on as it was.
   * @param timeout milliseconds that the targets have to answer
   */
  async start(plan: ExecutionPlan, timeout: number): Promise<"started" | "started_before" | "too_large"> {
    const { execution_id, group_id, target_type, targets } = plan;
    const compressed = await packed(plan);
    return this.#turns.take(async () =>
      this.ctx.storage.transactionSync(() => {
        if (this.state.status !== "not_started") return "started_before";
        const outcome = this.#execute(plan.execution_id, "start", {
          type: "StartExecution",
          data: {
            execution_id,
            group_id,
            target_type,
            targets: targets.map(({ agent_id, checks }) => ({ agent_id, checks })),
          },
        });
        if (outcome.status === "too_large") return "too_large";
        this.#record.createTable();
        this.#record.insertPlan(compressed);
        const now = Date.now();
        this.#clock.set("ask", now);
        if (activeTargets(plan).length === 0) this.#clock.set("evaluate", now);
        else this.#clock.set("deadline", now + timeout);
        return "started";
      }),
    );
  }

  /** Facts of one agent, told by itself: an answer for another execution, or from one that was not asked, changes nothing. */
  async receiveFacts(agentId: string, answer: FactsGathered): Promise<Receipt> {
    if (this.#isEvaluating) return this.#tooLate(agentId);
    return this.#turns.take(async () => {
      const plan = this.#isStarted() ? await this.#record.plan() : null;
      if (plan === null) return refusedBecause("There is no such execution");
      if (answer.group_id !== plan.group_id) return refusedBecause("The execution is one of another group");
      const asked = activeTargets(plan);
      const target = asked.find(({ agent_id }) => agent_id === agentId);
      if (target === undefined) return refusedBecause("The agent is no target of the execution");
      if (this.state.status === "completed") return this.#tooLate(agentId);
      if (this.state.answered.includes(agentId)) return { type: "accepted" };
      const compressed = await compress(factsToKeep(plan, target, answer));
      this.ctx.storage.transactionSync(() => {
        this.#record.insertFacts(agentId, compressed);
        this.#execute(plan.execution_id, `answer of ${agentId}`, {
          type: "ReceiveAnswer",
          data: { execution_id: plan.execution_id, agent_id: agentId },
        });
        if (this.state.answered.length === asked.length) this.#clock.set("evaluate", Date.now());
      });
      return { type: "accepted" };
    });
  }

  #tooLate(agentId: string): Receipt {
    const isRepeated = this.state.answered.includes(agentId);
    return isRepeated ? { type: "accepted" } : refusedBecause("The execution has ended");
  }

  async status(): Promise<ExecutionState["status"]> {
    this.lookOnce();
    return this.state.status;
  }

  /** Null where no execution was started. */
  async details(): Promise<ExecutionDetails | null> {
    this.lookOnce();
    if (!this.#isStarted()) return null;
    // Both are read before anything else can happen, however long they take to unpack.
    const [plan, check_results] = await Promise.all([this.#record.plan(), this.#record.results()]);
    return plan === null ? null : { plan, check_results };
  }

  /** Whatever it is to be woken for. */
  override async look(checkpoints: Readonly<Record<string, number>> | null): Promise<void> {
    if (this.#isStarted()) this.#clock.rearm();
    await super.look(checkpoints);
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.ring(info);
    this.#clock.ring(info);
    await this.#turns.take(async () => {
      // An object that removed itself has no times any more.
      if (!this.#isStarted()) return;
      for (const purpose of this.#clock.due(Date.now())) {
        try {
          await this.#wake(purpose);
        } catch (error) {
          console.error(`an execution failed to ${purpose}, and tries again`, error);
          this.#clock.set(purpose, Date.now() + PAUSE_AFTER_FAILURE);
        }
        if (!this.#isStarted()) return;
      }
      this.#clock.rearm();
    });
  }

  #isStarted(): boolean {
    return this.state.status !== "not_started";
  }

  #wake(purpose: Purpose): Promise<void> {
    switch (purpose) {
      case "ask":
        return this.#ask();
      case "evaluate":
      case "deadline":
        return this.#evaluate();
      case "announce":
        return this.#announce();
      case "delivery":
        return this.#deliver();
      case "retention":
        return this.#leaveWhenOld();
    }
  }

  /** It sets the next time itself, if there is one. Until it has, a crash must not leave none. */
  async #deliver(): Promise<void> {
    const meanwhile = Date.now() + DELIVERY_ENDS_WITHIN;
    this.#clock.set("delivery", meanwhile);
    await this.redeliver();
    if (this.#clock.timeOf("delivery") === meanwhile) this.#clock.clear("delivery");
  }

  /** The agents' objects keep the request until it is answered or expires: asked twice, they ask once. */
  async #ask(): Promise<void> {
    const plan = await this.#plan();
    const deadline = this.#clock.timeOf("deadline");
    await tellRelays(this.env, startedMessages(plan, deadline));
    if (deadline !== null) {
      const { execution_id, group_id } = plan;
      const { answered } = this.state;
      const silent = activeTargets(plan).filter(({ agent_id }) => !answered.includes(agent_id));
      await inBatches(silent, (target) =>
        this.env.AGENT.getByName(target.agent_id).ask({
          type: "FactsGatheringRequested",
          execution_id,
          group_id,
          expires_at: new Date(deadline).toISOString(),
          fact_requests: factRequests(plan, target),
        }),
      );
    }
    this.#clock.clear("ask");
  }

  async #evaluate(): Promise<void> {
    if (this.state.status !== "running") return this.#clock.clear("evaluate", "deadline", "ask");
    const plan = await this.#plan();
    const { execution_id, definitions, values, excluded } = plan;
    const input = {
      checks: definitions,
      values: new Map(Object.entries(values)),
      targets: activeTargets(plan),
      facts: await this.#record.facts(),
      excluded,
    };
    this.#isEvaluating = true;
    const evaluated = evaluateExecution(input, evaluationOf(this.env));
    const { result, check_results, timeout } = await evaluated.finally(() => {
      this.#isEvaluating = false;
    });
    count("trento_edge_executions_total", { result });
    const countOf = (wanted: string) => check_results.filter((one) => one.result === wanted).length;
    const compressed = await packed(check_results);
    this.ctx.storage.transactionSync(() => {
      this.#record.insertResults(compressed);
      this.#clock.clear("evaluate", "deadline", "ask");
      this.#clock.set("announce", Date.now());
      this.#clock.set("retention", Date.now() + keptFor(this.env));
      this.#execute(execution_id, "end", {
        type: "CompleteExecution",
        data: {
          execution_id,
          result,
          timeout,
          critical_count: countOf("critical"),
          warning_count: countOf("warning"),
          passing_count: countOf("passing"),
        },
      });
    });
  }

  /** Whoever is told of the end asks for it at once. A projector that stands still is not waited for. */
  async #announce(): Promise<void> {
    const { name, version } = await this.describe();
    const [last] = await this.readEvents(version);
    const waited = last === undefined ? SHOWN_WITHIN : Date.now() - Date.parse(last.occurredAt);
    if (name !== null && waited < SHOWN_WITHIN && !(await this.#isShown(name, version)))
      // Each look costs rows and a question: they come less and less often.
      return this.#clock.set("announce", Date.now() + Math.max(SHOWN_SOON, waited / 2));
    const { result } = this.state;
    if (result !== null) await tellRelays(this.env, [completedMessage(await this.#plan(), result)]);
    this.#clock.clear("announce");
  }

  async #isShown(name: StreamName, version: number): Promise<boolean> {
    const checkpoints = await readCheckpoints(this.env.DB)(streamKey(name));
    return (checkpoints.get(PROJECTOR) ?? 0) >= version;
  }

  async #leaveWhenOld(): Promise<void> {
    const { execution_id, group_id } = await this.#plan();
    if (await isNewest(this.env.DB, execution_id, group_id))
      return this.#clock.set("retention", Date.now() + LOOK_AGAIN_AFTER);
    await removeFromReadModel(this.env.DB, execution_id, streamKey({ type: "execution", id: execution_id }));
    await this.erase();
  }

  async #plan(): Promise<ExecutionPlan> {
    const plan = await this.#record.plan();
    if (plan === null) throw new Error("an execution that was started has no plan");
    return plan;
  }

  /** Each of its commands comes once: what it does stands in its stream. */
  #execute(executionId: string, step: string, command: ExecutionCommand): CommandOutcome<ExecutionRefusal> {
    return this.handle({
      stream: { type: "execution", id: executionId },
      command,
      commandId: `${executionId}/${step}`,
      keepOutcome: "when_changed",
      metadata: { correlationId: executionId, causationId: null, actor: "system" },
    });
  }

  protected override wakeForDelivery(at: number): void {
    this.#clock.createTable();
    this.#clock.set("delivery", at);
  }

  protected override async isDeliveryAhead(): Promise<boolean> {
    return this.#clock.timeOf("delivery") !== null;
  }
}
