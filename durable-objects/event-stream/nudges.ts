/** Packs events into queue messages. */
import type { Nudge, StoredEvent, StreamName } from "./events.ts";

/** A message holds 128 KB. JSON of this many characters stays below, but for text that is mostly not ASCII. */
const MAX_MESSAGE_CHARACTERS = 40_000;
/** Events that one message names at most. */
const MAX_EVENTS = 100;

/** Splits events, in order, into nudges that fit a message. An event that alone is too large is named, not carried. */
export function packNudges(stream: StreamName, events: Iterable<StoredEvent>): Nudge[] {
  const nudges: Nudge[] = [];
  let packed: StoredEvent[] = [];
  let size = 0;
  const close = () => {
    const [first] = packed;
    const last = packed.at(-1);
    if (first !== undefined && last !== undefined) {
      nudges.push({ stream, from: first.version, to: last.version, events: packed });
    }
    packed = [];
    size = 0;
  };
  for (const event of events) {
    const length = JSON.stringify(event).length;
    if (length > MAX_MESSAGE_CHARACTERS) {
      close();
      nudges.push({ stream, from: event.version, to: event.version, events: null });
      continue;
    }
    if (size + length > MAX_MESSAGE_CHARACTERS || packed.length === MAX_EVENTS) close();
    packed.push(event);
    size += length;
  }
  close();
  return nudges;
}
