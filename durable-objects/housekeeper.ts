/**
 * The Durable Object of what is done once a day, at midnight (UTC). There is one. Then, and after every start of the server
 * or deployment, it also looks at everything that may wait for an alarm that was forgotten.
 */
import { DurableObject } from "cloudflare:workers";
import { AlarmClock } from "./alarm-clock.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { cleanActivityLog } from "./housekeeper/activity-log.ts";
import { warnOfExpiringKey } from "./housekeeper/api-key.ts";
import { LookAround } from "./housekeeper/look-around.ts";

const DAY = 24 * 60 * 60_000;
/** Milliseconds until what failed is tried again. */
const PAUSE = 10 * 60_000;
/** Milliseconds from a start to the first look: those who start have other things to do. */
const LOOK_AFTER = 5_000;
/** Milliseconds between two pages of who is looked at. */
const BETWEEN_PAGES = 250;

/** What is done; each may be done again. */
const jobs: Readonly<Record<string, (env: DurableObjectBindings) => Promise<void>>> = {
  "clean the activity log": cleanActivityLog,
  "warn of an expiring key": warnOfExpiringKey,
};

export class HousekeeperObject extends DurableObject<DurableObjectBindings> {
  readonly #clock: AlarmClock<"midnight" | "look">;
  readonly #around: LookAround;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#clock = new AlarmClock(ctx.storage);
    this.#around = new LookAround(ctx.storage.kv);
    this.#clock.createTable();
  }

  /**
   * Wakes it every day from now on.
   * @param run names what was started or deployed, the same for all of its isolates; null where nobody knows
   */
  async start(run: string | null): Promise<void> {
    const { kv } = this.ctx.storage;
    if (this.#clock.timeOf("midnight") === null) this.#clock.set("midnight", nextMidnight());
    else this.#clock.rearm();
    if (run === null || kv.get("run") === run) return;
    kv.put("run", run);
    this.#lookAround(LOOK_AFTER);
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.#clock.ring(info);
    for (const purpose of this.#clock.due(Date.now())) {
      if (purpose === "midnight") await this.#keepHouse();
      else await this.#look();
    }
    this.#clock.rearm();
  }

  async #keepHouse(): Promise<void> {
    let hasFailed = false;
    for (const [name, job] of Object.entries(jobs)) {
      try {
        await job(this.env);
      } catch (error) {
        hasFailed = true;
        console.error(`housekeeping failed to ${name}, and tries again`, error);
      }
    }
    this.#clock.set("midnight", hasFailed ? Date.now() + PAUSE : nextMidnight());
    if (!hasFailed) this.#lookAround(0);
  }

  #lookAround(after: number): void {
    this.#around.restart();
    this.#clock.set("look", Date.now() + after);
  }

  async #look(): Promise<void> {
    try {
      if (await this.#around.goOn(this.env)) this.#clock.set("look", Date.now() + BETWEEN_PAGES);
      else this.#clock.clear("look");
    } catch (error) {
      console.error("what may be stuck could not be looked at, and is later", error);
      this.#clock.set("look", Date.now() + PAUSE);
    }
  }
}

function nextMidnight(): number {
  return (Math.floor(Date.now() / DAY) + 1) * DAY;
}

type HousekeepingBindings = Pick<DurableObjectBindings, "HOUSEKEEPER" | "CF_VERSION_METADATA">;

let started: DurableObjectBindings["HOUSEKEEPER"] | null = null;

/** Once for each isolate: whoever comes first after a start or a deployment starts it. */
export async function startHousekeeping(env: HousekeepingBindings): Promise<void> {
  const { HOUSEKEEPER, CF_VERSION_METADATA } = env;
  if (started === HOUSEKEEPER) return;
  started = HOUSEKEEPER;
  try {
    await HOUSEKEEPER.getByName("only").start(CF_VERSION_METADATA?.id || null);
  } catch (error) {
    started = null;
    console.error("housekeeping could not be started", error);
  }
}
