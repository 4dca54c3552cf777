/** The notifier: reports what alerts, and what is over, to the mailroom, which knows what was reported. */
import { mailroomStub } from "../../durable-objects/mailroom.ts";
import { untilShown } from "../subscription/shown.ts";
import { subscriber } from "../subscription/subscriber.ts";
import { reportsOf } from "./reports.ts";

export const NOTIFIER = "notifier";

export const notify = subscriber(NOTIFIER, async (fresh, env) => {
  const reports = await reportsOf(
    env.DB,
    fresh.flatMap(({ events }) => events),
  );
  if (reports.length === 0) return;
  await untilShown(env, fresh);
  await mailroomStub(env).report(reports);
});
