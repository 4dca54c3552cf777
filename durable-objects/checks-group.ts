/**
 * The Durable Object of a group that checks run on: sees to it that one execution runs at a time, and starts one now and then.
 * Whether one runs is asked of the execution itself, so a lock that somebody forgot cannot stay.
 */
import { DurableObject } from "cloudflare:workers";
import { type ExecutionRequest, planExecution } from "../checks/planning/plan.ts";
import { AlarmClock } from "./alarm-clock.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { readCatalogues, readCustomValues } from "./checks-group/catalogues.ts";
import { type Obstacle, obstacleOf } from "./checks-group/obstacles.ts";
import { type ChecksTarget, readTarget, type TargetName } from "./checks-group/target.ts";
import { evaluationOf } from "./evaluation/index.ts";
import { type ExecutionStub, executionStub } from "./streams.ts";
import { Turns } from "./turns.ts";

export type StartOutcome =
  | "already_running"
  | "no_checks_selected"
  | Awaited<ReturnType<ExecutionStub["start"]>>;
export type RequestOutcome =
  | "requested"
  | "not_found"
  | Obstacle
  | Exclude<StartOutcome, "started" | "already_running" | "no_checks_selected">;
/** What is wished for while an execution runs. */
type WhileRunning = "once more" | "let it end";

/** Seconds. */
const INTERVAL = 300;
const TIMEOUT = 300;

function secondsOf(text: string | undefined, fallback: number): number {
  const seconds = Number(text ?? fallback);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : fallback;
}

/** Seconds between two executions of one target; 0: none starts by itself. */
export function checksInterval(env: { readonly CHECKS_INTERVAL?: string }): number {
  return secondsOf(env.CHECKS_INTERVAL, INTERVAL);
}

export class ChecksGroupObject extends DurableObject<DurableObjectBindings> {
  readonly #turns = new Turns();
  readonly #clock: AlarmClock<"schedule">;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#clock = new AlarmClock(ctx.storage);
  }

  /** Id of the execution that was to start last. */
  current(): string | null {
    return this.ctx.storage.kv.get<string>("current") ?? null;
  }

  /** Starts an execution as somebody describes it. */
  async start(request: ExecutionRequest): Promise<StartOutcome> {
    return this.#turns.take(() => this.#start(request));
  }

  /**
   * Runs what is selected for a target: at once, or as soon as the execution that runs has ended, with what is selected then.
   * However often it is wished for meanwhile, it runs once more.
   */
  async request(target: TargetName): Promise<RequestOutcome> {
    return this.#turns.take(() => this.#request(target, "once more"));
  }

  /** The selection changed, or the target came or went: it is checked now and from now on, or not any more. */
  async reschedule(target: TargetName): Promise<void> {
    await this.#turns.take(async () => {
      this.ctx.storage.kv.put("target", target);
      this.#clock.createTable();
      if (checksInterval(this.env) > 0) this.#clock.set("schedule", Date.now());
    });
  }

  /** Somebody looks whether a target for which checks are selected is going to be checked. */
  async look(target: TargetName): Promise<void> {
    this.#clock.createTable();
    if (this.#clock.timeOf("schedule") === null) await this.reschedule(target);
    else this.#clock.rearm();
  }

  /** An execution has ended; told twice, it means nothing more. */
  async ended(executionId: string): Promise<void> {
    await this.#turns.take(async () => {
      const { kv } = this.ctx.storage;
      const target = kv.get<TargetName>("wished");
      if (target === undefined || kv.get<string>("current") !== executionId) return;
      // Forgotten only when it runs: an object that stops in between is told once more.
      const outcome = await this.#request(target, "once more");
      const isRunning = outcome === "requested" && kv.get<string>("current") === executionId;
      if (!isRunning) kv.delete("wished");
    });
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.#clock.ring(info);
    await this.#turns.take(async () => {
      const target = this.ctx.storage.kv.get<TargetName>("target");
      const interval = checksInterval(this.env) * 1_000;
      if (target === undefined || interval === 0) return this.#clock.clear("schedule");
      // Set first: what fails now is tried again then.
      this.#clock.set("schedule", Date.now() + interval);
      try {
        const found = await readTarget(this.env, target);
        if (found === null || found.selected.length === 0) this.#clock.clear("schedule");
        else await this.#run(target, found, "let it end");
      } catch (error) {
        console.error(`checks of ${target.type} ${target.id} could not be started`, error);
      }
    });
  }

  async #request(target: TargetName, whileRunning: WhileRunning): Promise<RequestOutcome> {
    const found = await readTarget(this.env, target);
    return found === null ? "not_found" : this.#run(target, found, whileRunning);
  }

  async #run(target: TargetName, found: ChecksTarget, whileRunning: WhileRunning): Promise<RequestOutcome> {
    const { selected, env, hosts } = found;
    const obstacle = obstacleOf(found);
    if (obstacle !== null || env === null) return obstacle ?? "environment_unknown";
    const outcome = await this.#start({
      execution_id: crypto.randomUUID(),
      group_id: target.id,
      target_type: target.type,
      env,
      targets: hosts.map(({ agent_id, attributes }) => ({ agent_id, attributes, checks: selected })),
    });
    if (outcome === "already_running" && whileRunning === "once more")
      this.ctx.storage.kv.put("wished", target);
    if (outcome === "no_checks_selected") return "none_concern";
    return outcome === "started" || outcome === "already_running" ? "requested" : outcome;
  }

  async #start(request: ExecutionRequest): Promise<StartOutcome> {
    const { kv } = this.ctx.storage;
    const current = kv.get<string>("current");
    if (current !== undefined && (await this.#isRunning(current))) return "already_running";
    const [catalogues, custom] = await Promise.all([
      readCatalogues(this.env.DB),
      readCustomValues(this.env.DB, request.group_id),
    ]);
    const warnings: string[] = [];
    const plan = await planExecution(request, catalogues, custom, evaluationOf(this.env), (warning) =>
      warnings.push(warning),
    );
    // One line, however many there are: each check may have one for each host, at every execution.
    if (warnings.length > 0)
      console.warn(`${warnings[0]}${warnings.length > 1 ? `, and ${warnings.length - 1} more` : ""}`);
    if (plan === null) return "no_checks_selected";
    kv.put("current", request.execution_id);
    const timeout = secondsOf(this.env.CHECKS_TIMEOUT, TIMEOUT) * 1_000;
    return executionStub(this.env, request.execution_id).start(plan, timeout);
  }

  async #isRunning(executionId: string): Promise<boolean> {
    return (await executionStub(this.env, executionId).status()) === "running";
  }
}

// The platform's RPC types cannot express what a request may hold.
export interface ChecksGroupStub {
  current(): Promise<string | null>;
  look(target: TargetName): Promise<void>;
  start(request: ExecutionRequest): Promise<StartOutcome>;
  request(target: TargetName): Promise<RequestOutcome>;
  reschedule(target: TargetName): Promise<void>;
  ended(executionId: string): Promise<void>;
}

export function checksGroupStub(
  { CHECKS_GROUP }: Pick<DurableObjectBindings, "CHECKS_GROUP">,
  groupId: string,
): ChecksGroupStub {
  return CHECKS_GROUP.getByName(groupId) as unknown as ChecksGroupStub;
}
