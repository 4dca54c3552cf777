/** Packs events into queue messages. */
import type { Nudge, StoredEvent, StreamName } from "./events.ts";

/** A message holds 128 KB. JSON of this many characters stays below, but for text that is mostly not ASCII. */
export const MAX_MESSAGE_CHARACTERS = 40_000;
/** Events that one nudge carries at most, and nudges that one message does. */
export const MAX_EVENTS = 100;

/**
 * Splits events, in order, into nudges that fit a message. An event that alone is too large is named, not carried.
 * @param from the version from which on these events are all that concern the subscriber
 */
export function packNudges(stream: StreamName, from: number, events: Iterable<StoredEvent>): Nudge[] {
  const nudges: Nudge[] = [];
  let start = from;
  let packed: StoredEvent[] = [];
  let size = 0;
  const close = () => {
    const last = packed.at(-1);
    if (last === undefined) return;
    nudges.push({ stream, from: start, to: last.version, events: packed });
    start = last.version + 1;
    packed = [];
    size = 0;
  };
  for (const event of events) {
    const length = JSON.stringify(event).length;
    if (length > MAX_MESSAGE_CHARACTERS) {
      close();
      nudges.push({ stream, from: start, to: event.version, events: null });
      start = event.version + 1;
      continue;
    }
    if (size + length > MAX_MESSAGE_CHARACTERS || packed.length === MAX_EVENTS) close();
    packed.push(event);
    size += length;
  }
  close();
  return nudges;
}
