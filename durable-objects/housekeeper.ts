/** The Durable Object of what is done once a day, at midnight (UTC). There is one. */
import { DurableObject } from "cloudflare:workers";
import type { DurableObjectBindings } from "./bindings.ts";
import { cleanActivityLog } from "./housekeeper/activity-log.ts";
import { warnOfExpiringKey } from "./housekeeper/api-key.ts";

const DAY = 24 * 60 * 60_000;
/** Milliseconds until what failed is tried again. */
const PAUSE = 10 * 60_000;

/** What is done; each may be done again. */
const jobs: Readonly<Record<string, (env: DurableObjectBindings) => Promise<void>>> = {
  "clean the activity log": cleanActivityLog,
  "warn of an expiring key": warnOfExpiringKey,
};

export class HousekeeperObject extends DurableObject<DurableObjectBindings> {
  /** Wakes it every day from now on. */
  async start(): Promise<void> {
    const { storage } = this.ctx;
    if ((await storage.getAlarm()) === null) await storage.setAlarm(nextMidnight());
  }

  override async alarm(): Promise<void> {
    let hasFailed = false;
    for (const [name, job] of Object.entries(jobs)) {
      try {
        await job(this.env);
      } catch (error) {
        hasFailed = true;
        console.error(`housekeeping failed to ${name}, and tries again`, error);
      }
    }
    await this.ctx.storage.setAlarm(hasFailed ? Date.now() + PAUSE : nextMidnight());
  }
}

function nextMidnight(): number {
  return (Math.floor(Date.now() / DAY) + 1) * DAY;
}

let started: DurableObjectBindings["HOUSEKEEPER"] | null = null;

/** Once for each isolate: whoever comes first after a deployment starts it. */
export async function startHousekeeping({
  HOUSEKEEPER,
}: Pick<DurableObjectBindings, "HOUSEKEEPER">): Promise<void> {
  if (started === HOUSEKEEPER) return;
  started = HOUSEKEEPER;
  try {
    await HOUSEKEEPER.getByName("only").start();
  } catch (error) {
    started = null;
    console.error("housekeeping could not be started", error);
  }
}
