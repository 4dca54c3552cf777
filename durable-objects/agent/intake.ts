/** Takes the discoveries of one agent: stores them, runs their policies and dispatches the commands. */
import { refusedFor } from "../../domain/agent/open-discovery.ts";
import { type DiscoveryType, discoveryTypes, envelopeSchema } from "../../domain/discovery/envelope.ts";
import { policies } from "../../domain/discovery/index.ts";
import type { Issue } from "../../domain/discovery/issue.ts";
import type { DiscoveredCommand } from "../../domain/discovery/policy.ts";
import { errorLines } from "../error-lines.ts";
import { announce } from "./announcements.ts";
import { type CibWritten, cibOf } from "./cib.ts";
import { Complaints } from "./complaints.ts";
import type { Delays } from "./delays.ts";
import type { Discoveries } from "./discoveries.ts";
import { dispatch, reasonOf } from "./dispatch.ts";
import type { Open } from "./facts.ts";
import type { Failures } from "./failures.ts";
import { CONFIRMED_ANEW_AFTER, DISPATCHED_ANEW_AFTER } from "./freshness.ts";
import { type Layer, layerOf } from "./layers.ts";
import type { Memory } from "./memory.ts";
import { hostnameIn, type OpenDiscoveries } from "./open-discoveries.ts";
import type { AgentPorts } from "./ports.ts";
import { reasonsOf, stateFor } from "./reasons.ts";
import { digestOf } from "./repetition.ts";

/** A discovery as the edge passes it on: the envelope is sound, the payload is not judged yet. */
export interface IncomingDiscovery {
  readonly agentId: string;
  readonly type: DiscoveryType;
  /** The request's body as it came. */
  readonly body: string;
  /** Digest of the body. */
  readonly hash: string;
  readonly correlationId: string;
}

export type IntakeOutcome =
  | { readonly status: "accepted"; readonly cib: CibWritten | null }
  | { readonly status: "parked"; readonly waitsFor: readonly string[] }
  | { readonly status: "invalid"; readonly issues: readonly Issue[] }
  | { readonly status: "delayed"; readonly reasons: readonly string[] }
  | { readonly status: "failed"; readonly errors: readonly string[] };

/** What hangs on the host's own registration. */
const AFTER_THE_HOST: readonly DiscoveryType[] = ["cloud_discovery", "subscription_discovery"];
const TUNING: DiscoveryType = "saptune_discovery";

export class Intake {
  readonly #discoveries: Discoveries;
  readonly #failures: Failures;
  readonly #memory: Memory;
  readonly #open: OpenDiscoveries;
  readonly #delays: Delays;
  readonly #ports: AgentPorts;
  readonly #complaints = new Complaints();
  /** Digests of the commands that were accepted last, by type: a payload may change in what says nothing. */
  readonly #accepted = new Map<DiscoveryType, string>();
  /** Raised by `forget`: what was dispatched before it is not known to hold after it. */
  #generation = 0;

  constructor(
    discoveries: Discoveries,
    failures: Failures,
    memory: Memory,
    open: OpenDiscoveries,
    delays: Delays,
    ports: AgentPorts,
  ) {
    this.#discoveries = discoveries;
    this.#failures = failures;
    this.#memory = memory;
    this.#open = open;
    this.#delays = delays;
    this.#ports = ports;
  }

  /** Whether all commands of this very payload were accepted lately: then there is nothing to do. */
  holds(type: DiscoveryType, hash: string): boolean {
    return this.#discoveries.get(type)?.hash === hash && this.#isFresh(type);
  }

  /** @returns false when this payload is not what is in force, or is not known to be */
  async confirm(type: DiscoveryType, hash: string, correlationId: string): Promise<boolean> {
    const discovery = this.#discoveries.get(type);
    if (discovery?.hash !== hash || discovery.acceptedAt === null) return false;
    if (this.#ports.now() - discovery.acceptedAt < CONFIRMED_ANEW_AFTER) return true;
    const body = await this.#discoveries.body(type);
    if (body === null) return false;
    const { status } = await this.take({ agentId: discovery.agentId, type, body, hash, correlationId });
    return status === "accepted";
  }

  /** Nothing is known to hold any more: every type is dispatched in full when it comes next. */
  async forget(): Promise<void> {
    this.#generation += 1;
    await this.doubt(...discoveryTypes);
  }

  /** What the agent said of these is dispatched in full when it says it next, and whoever speaks for it is to say it soon. */
  async doubt(...types: readonly DiscoveryType[]): Promise<void> {
    const [first] = types.filter((type) => this.#discoveries.doubt(type));
    const agentId = first === undefined ? undefined : this.#discoveries.get(first)?.agentId;
    if (agentId !== undefined) await this.#ports.doubt(agentId);
  }

  /** The host is lost, or gone: what it sent last is not known to be so any more. */
  async fallSilent(): Promise<void> {
    this.#memory.facts.set("outdated", [...discoveryTypes]);
    await this.forget();
  }

  async take(incoming: IncomingDiscovery): Promise<IntakeOutcome> {
    const { agentId, type, body, hash, correlationId } = incoming;
    const receivedAt = new Date(this.#ports.now()).toISOString();
    const { payload } = envelopeSchema.parse(JSON.parse(body));
    const policy = policies[type](agentId, payload, this.#memory.read(receivedAt));
    if (!policy.ok) {
      await this.#refuse(incoming, receivedAt, payload, policy.issues);
      return { status: "invalid", issues: policy.issues };
    }
    this.#complaints.make(agentId, type, policy.dropped ?? []);
    const cib = cibOf(policy.commands, Date.parse(receivedAt));
    const digest = await digestOf(policy.commands);
    const isSame = this.#isFresh(type) && this.#accepted.get(type) === digest;
    if (!this.#hasMoved(type, policy.addresses ?? []) && isSame) return { status: "accepted", cib };
    const id = this.#ports.newId();
    await this.#discoveries.receive(
      { type, id, agentId, hash, receivedAt, state: "dispatching", reason: null, acceptedAt: null },
      body,
    );
    this.#hears(type);
    const { errors, delays, waitsFor } = reasonsOf(
      await this.#dispatch(type, policy.commands, correlationId),
    );
    if (errors.length > 0) {
      await this.#keepFailure(incoming, receivedAt, errors);
      return { status: "failed", errors };
    }
    if (delays.length > 0) return { status: "delayed", reasons: delays };
    return waitsFor.length > 0 ? { status: "parked", waitsFor } : { status: "accepted", cib };
  }

  /**
   * What the agent said of its SAP systems is dispatched again, in one layer: something that it waited for, or that it is
   * judged by, has changed.
   */
  async hearAgain(layer: Layer, correlationId: string): Promise<void> {
    await this.#replay("sap_system_discovery", correlationId, layer);
  }

  /** What could not be applied is tried again, where the agent is spoken for still. */
  async retry(type: DiscoveryType, correlationId: string): Promise<void> {
    const before = this.#delays.of(type);
    try {
      await this.#replay(type, correlationId);
      if (this.#delays.of(type) === before) this.#delays.end(type);
    } catch (error) {
      errorLines.tell(`${type} could not be tried again, and will be`, error);
      this.#delays.note(type);
    }
  }

  /**
   * What the type said before is not in force any more; the same once more is no news. An agent that goes back to what it
   * said before is heard.
   */
  async #refuse(
    incoming: IncomingDiscovery,
    receivedAt: string,
    payload: unknown,
    issues: readonly Issue[],
  ): Promise<void> {
    const { type } = incoming;
    const obstacle = refusedFor(issues);
    if (this.#open.isNoted(type, obstacle)) return;
    await this.#keepFailure(incoming, receivedAt, issues);
    const { facts } = this.#memory;
    facts.set("refused", [...new Set([...facts.get("refused"), type])]);
    await this.doubt(type);
    await this.#open.refuse(incoming, obstacle, hostnameIn(type, payload));
  }

  /** The agent says now what is so. */
  #hears(type: DiscoveryType): void {
    const { facts } = this.#memory;
    facts.set(
      "outdated",
      facts.get("outdated").filter((one) => one !== type),
    );
    facts.set(
      "refused",
      facts.get("refused").filter((one) => one !== type),
    );
    if (type === "sap_system_discovery") facts.set("left", []);
  }

  /** An agent that fell silent is not spoken for, nor one that says something else since: but for what still waits. */
  async #replay(type: DiscoveryType, correlationId: string, layer: Layer | null = null): Promise<void> {
    const { facts } = this.#memory;
    if (facts.get("outdated").includes(type)) return;
    const isOld = facts.get("refused").includes(type) && this.#discoveries.get(type)?.state === "accepted";
    if (!isOld) await this.#repeat(type, correlationId, layer);
  }

  async #repeat(type: DiscoveryType, correlationId: string, layer: Layer | null = null): Promise<void> {
    const discovery = this.#discoveries.get(type);
    const body = await this.#discoveries.body(type);
    if (body === null || discovery === undefined) return;
    const { payload } = envelopeSchema.parse(JSON.parse(body));
    const memory = this.#memory.read(new Date(this.#ports.now()).toISOString());
    const policy = policies[type](discovery.agentId, payload, memory);
    if (!policy.ok) return;
    // What was interrupted is not known to have been said at all.
    const said = discovery.state === "dispatching" ? null : layer;
    const commands = policy.commands.filter((one) => said === null || layerOf(one) === said);
    await this.#dispatch(
      type,
      commands.filter((one) => !this.#concernsOneThatLeft(one)),
      correlationId,
      said,
    );
  }

  /** A cluster moved it, or somebody removed it: what the agent said before that does not bring it back. */
  #concernsOneThatLeft({ data }: DiscoveredCommand): boolean {
    return "instance_number" in data && this.#memory.facts.get("left").includes(data.instance_number);
  }

  /** The tuning matters only where SAP runs; a host that tells nothing of saptune has none. */
  async judgeTuning(agentId: string, correlationId: string): Promise<void> {
    const { sapRunning } = this.#memory.read("");
    if (this.#discoveries.get("saptune_discovery") !== undefined) {
      await this.#repeat("saptune_discovery", correlationId);
    } else if (this.#memory.facts.get("sapRunning") !== sapRunning || sapRunning) {
      const nothing = { saptune_installed: false, package_version: null, status: null };
      const command: DiscoveredCommand = {
        type: "UpdateSaptuneStatus",
        data: { host_id: agentId, ...nothing, sap_running: sapRunning },
      };
      const metadata = { correlationId, causationId: null, actor: `agent:${agentId}` };
      const { open } = await dispatch([command], metadata, this.#memory, this.#ports);
      const failed = open.find(({ kind }) => kind === "delayed");
      if (failed !== undefined) {
        // Whatever it was judged by before, it is judged anew.
        this.#memory.facts.set("sapRunning", !sapRunning);
        throw new Error(`the tuning could not be judged: ${failed.reason}`);
      }
      // It is judged anew with the next discovery.
      if (open.length > 0) return;
    }
    this.#memory.facts.set("sapRunning", sapRunning);
  }

  #isFresh(type: DiscoveryType): boolean {
    const acceptedAt = this.#discoveries.get(type)?.acceptedAt ?? null;
    return acceptedAt !== null && this.#ports.now() - acceptedAt < DISPATCHED_ANEW_AFTER;
  }

  #keepFailure({ type, hash, body }: IncomingDiscovery, receivedAt: string, reason: unknown): Promise<void> {
    const failure = { id: this.#ports.newId(), type, hash, receivedAt, reason: JSON.stringify(reason) };
    return this.#failures.keep(failure, body);
  }

  /** @returns what is open of the discovery, in all layers */
  async #dispatch(
    type: DiscoveryType,
    commands: readonly DiscoveredCommand[],
    correlationId: string,
    layer: Layer | null = null,
  ): Promise<readonly Open[]> {
    const { facts } = this.#memory;
    const discovery = this.#discoveries.get(type);
    const agentId = discovery?.agentId ?? "";
    const generation = this.#generation;
    const movable = facts.get("movable");
    const metadata = { correlationId, causationId: discovery?.id ?? null, actor: `agent:${agentId}` };
    const dispatched = await dispatch(commands, metadata, this.#memory, this.#ports);
    const { events, open: opened, unapplied, isAnswered } = dispatched;
    const others = facts.get("unanswered").filter((one) => one !== type);
    if (!isAnswered) facts.set("unanswered", [...others, type]);
    else if (layer === null) facts.set("unanswered", others);
    const kept = layer === null ? [] : facts.get("open").filter((one) => one.layer !== layer);
    if (type === "sap_system_discovery") facts.set("open", [...kept, ...opened]);
    const failed = await this.#followUp(type, agentId, events, movable, correlationId);
    const late = failed.map((reason): Open => ({ layer, kind: "delayed", reason }));
    const open = [...kept, ...opened, ...late];
    if (type === "sap_system_discovery" && late.length > 0)
      facts.set("open", [...facts.get("open"), ...late]);
    // A restored host takes over what it was, not all of what it is (rule 4): the next discovery completes it.
    const isKnown = generation === this.#generation && !events.includes("HostRestored");
    // Something of the host's is not known to be taken: with the next discovery it is tried again.
    const isLeft = [...AFTER_THE_HOST, TUNING].some((one) => one !== type && this.#isOwed(one, type));
    const holds = open.length === 0 && isKnown && !isLeft;
    // Of the other layer is known what was known.
    const acceptedAt = layer === null ? this.#ports.now() : (this.#discoveries.get(type)?.acceptedAt ?? null);
    const reasons = reasonsOf(open);
    const { errors, delays, waitsFor } = reasons;
    this.#discoveries.settle(type, {
      state: stateFor(reasons),
      reason: [...errors, ...delays, ...waitsFor].join(", ") || null,
      acceptedAt: holds ? acceptedAt : null,
    });
    if (holds && layer === null) this.#accepted.set(type, await digestOf(commands));
    // All was taken, and yet it is to be said once more.
    if (!holds && open.length === 0 && layer === null) await this.#ports.doubt(agentId);
    // What is late in the other layer was not tried.
    if (!isAnswered || late.length > 0) this.#delays.note(type);
    else if (delays.length === 0) this.#delays.end(type);
    // What is said again of a type whose last discovery was refused is not what its agent says.
    const heard = { agentId, type, correlationId };
    if (facts.get("refused").includes(type)) await this.#open.remainStale(heard);
    else if (!facts.get("outdated").includes(type))
      await this.#open.tell(heard, reasons, unapplied, this.#delays.of(type));
    return open;
  }

  /**
   * Whether what hangs on the host must be said to it once more. That it waited for the host cannot be told by the events of
   * the registration: their answer may have been lost.
   */
  #isOwed(type: DiscoveryType, after: DiscoveryType): boolean {
    const { facts } = this.#memory;
    const discovery = this.#discoveries.get(type);
    if (discovery === undefined || facts.get("outdated").includes(type)) return false;
    if (facts.get("unanswered").includes(type)) return true;
    return after === "host_discovery" && facts.get("registered") && discovery.state === "parked";
  }

  /** Whether the host has addresses that no command tells, and others than before. */
  #hasMoved(type: DiscoveryType, addresses: readonly string[]): boolean {
    return type === "host_discovery" && this.#memory.facts.set("furtherAddresses", [...addresses]);
  }

  /**
   * What this discovery means for the agent's others, and for those who look for what it tells.
   * @returns why not all of it could be done
   */
  async #followUp(
    type: DiscoveryType,
    agentId: string,
    events: readonly string[],
    movableBefore: readonly string[],
    correlationId: string,
  ): Promise<string[]> {
    const failed: string[] = [];
    const attempt = async (work: () => Promise<void>) => {
      try {
        await work();
      } catch (error) {
        errorLines.tell(`what follows from a ${type} failed`, error);
        failed.push(reasonOf(error));
      }
    };
    const isNewHost = events.some((event) => event === "HostRegistered" || event === "HostRestored");
    for (const waiting of AFTER_THE_HOST) {
      if (isNewHost || (waiting !== type && this.#isOwed(waiting, type)))
        await attempt(() => this.#replay(waiting, correlationId));
    }
    const { sapRunning } = this.#memory.read("");
    // A saptune discovery was itself judged by what is so now: judging it again would never end.
    if (type === TUNING) this.#memory.facts.set("sapRunning", sapRunning);
    else if (isNewHost || sapRunning !== this.#memory.facts.get("sapRunning") || this.#isOwed(TUNING, type)) {
      await attempt(() => this.judgeTuning(agentId, correlationId));
    }
    if (type === "host_discovery" || type === "sap_system_discovery")
      await attempt(() => this.announce(agentId));
    // Whether an instance may move is told by the cluster (rule 6 of SAP systems).
    const { movable } = this.#memory.read("");
    if (JSON.stringify(movable) !== JSON.stringify(movableBefore)) {
      await attempt(() => this.hearAgain("application", correlationId));
    }
    return failed;
  }

  announce(agentId: string): Promise<void> {
    return announce(agentId, this.#memory, this.#ports.directory);
  }
}
