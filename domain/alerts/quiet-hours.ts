/** Hours in which nobody is to be woken: what happens in them is told at their end. */
import { z } from "zod";

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day like 22:00");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const quietHoursSchema = z
  .strictObject({
    from: timeOfDay,
    /** On the next day where it is not later than `from`. */
    to: timeOfDay,
    time_zone: z.string().max(64).refine(isTimeZone, "must be a time zone like Europe/Berlin"),
  })
  .refine(({ from, to }) => from !== to, { message: "must differ from the begin", path: ["to"] });
export type QuietHours = z.infer<typeof quietHoursSchema>;

const MINUTE = 60_000;
const DAY = 24 * 60;

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Minutes by which clocks are changed at most, here and there. */
const LARGEST_CHANGE = 120;

/** Tells the minute of the day in a time zone. */
function clockOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (at) => minutesOf(format.format(at));
}

/**
 * @param at milliseconds
 * @returns the first moment from then on that is not quiet
 */
export function afterQuietHours(at: number, quiet: QuietHours | null): number {
  if (quiet === null) return at;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const clock = clockOf(quiet.time_zone);
  const isQuiet = (now: number) => (from < to ? from <= now && now < to : now >= from || now < to);
  if (!isQuiet(clock(at))) return at;
  let moment = Math.floor(at / MINUTE) * MINUTE;
  // Clocks may be changed meanwhile, by an hour or less: from shortly before the end on they are looked at every minute.
  const left = (to - clock(at) + DAY) % DAY;
  moment += Math.max(0, left - LARGEST_CHANGE) * MINUTE;
  while (isQuiet(clock(moment))) moment += MINUTE;
  return moment;
}
