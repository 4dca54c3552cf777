/** When a host counts as lost, by how its heartbeats come: from the host itself, or told by a relay. */

/** An agent's interval between heartbeats (ms), and how late the next may be (as Trento: 5 * (0 + 1) + 1 seconds). */
export const HEARTBEAT_INTERVAL = 5_000;
export const LOST_AFTER = HEARTBEAT_INTERVAL + 1_000;
/** How long a relay's message may be under way (ms). */
const LATE_ON_THE_WAY = 1_000;
/**
 * How long (ms) hosts are borne with of which nothing is told, by a relay that names silent ones too: it is taken to be
 * starting anew. A relay that was killed has lost up to five seconds of heartbeats, and those that came while it was away.
 */
export const RELAY_BACK_WITHIN = 30_000;

/** How heartbeats come. */
export interface Way {
  /** Milliseconds by which they may be heard of late. */
  readonly grace: number;
  /** Milliseconds without any word of the host, neither that it beats nor that it is silent. */
  readonly patience: number;
}

export const direct: Way = { grace: 0, patience: 0 };

/** @param interval milliseconds between two words of the relay @param namesSilent whether it also names who fell silent */
export function byRelay(interval: number, namesSilent: boolean): Way {
  return { grace: interval + LATE_ON_THE_WAY, patience: namesSilent ? RELAY_BACK_WITHIN : 0 };
}

export function isRelayed({ grace }: Way): boolean {
  return grace > 0;
}

export interface Heartbeat {
  /** Milliseconds. */
  readonly at: number;
  /** When it was spoken of last: a relay also says that nothing was heard since `at`. */
  readonly toldAt: number;
  /** True when the heartbeat itself was before this instance's start, and `at` is that start. */
  readonly assumed: boolean;
  readonly way: Way;
  /** It came from the host itself, after others that a relay had told: a relay that starts anew may have passed it on. */
  readonly isOutOfWay: boolean;
}

/** @param now milliseconds */
export function assumedAt(now: number, way: Way): Heartbeat {
  return { at: now, toldAt: now, assumed: true, way, isOutOfWay: false };
}

/** @param age milliseconds since the heartbeat; one that is older than what was heard of says nothing new of the host */
export function following(last: Heartbeat | null, way: Way, age: number, now: number): Heartbeat {
  // A relay that it does not use any more hears nothing of it.
  if (last !== null && !isRelayed(last.way) && age >= LOST_AFTER) return last;
  const isOutOfWay = !isRelayed(way) && last !== null && isRelayed(last.way) && !last.isOutOfWay;
  const heard = { at: now - age, assumed: false };
  // A time that lies ahead was taken before the clock was put back.
  const isNewer = last !== null && last.at > heard.at && last.at <= now;
  const { at, assumed } = isNewer ? last : heard;
  return { at, assumed, toldAt: now, way: isOutOfWay ? last.way : way, isOutOfWay };
}

/** In milliseconds. */
export function lostAt({ at, toldAt, way }: Heartbeat): number {
  const byItself = at + LOST_AFTER + way.grace;
  const isToldSilent = toldAt - at >= LOST_AFTER;
  return way.patience === 0 || isToldSilent ? byItself : Math.max(byItself, toldAt + way.patience);
}

/** Whether it may not be taken away: directly, its next heartbeat is not due yet; through a relay, it is not lost. */
export function countsAsAlive(last: Heartbeat, now: number): boolean {
  return now < (isRelayed(last.way) ? lostAt(last) : last.at + HEARTBEAT_INTERVAL);
}
