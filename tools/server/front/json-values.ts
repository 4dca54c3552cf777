/** How much a body is to parse, seen without parsing it. */

/** The most in one large body. What agents send has a thousand at most. */
const MOST_VALUES = 200_000;

const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

/** @returns whether it has more values than may be: the runtime is busy with a hundred thousand of them for a tenth of a second */
export function hasTooManyValues(parts: readonly Uint8Array[], most = MOST_VALUES): boolean {
  let count = 0;
  let isText = false;
  let isEscaped = false;
  for (const part of parts) {
    for (const byte of part) {
      if (isEscaped) isEscaped = false;
      else if (isText) {
        if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isText = false;
      } else if (byte === QUOTE) isText = true;
      else if ((byte === COMMA || byte === BRACE || byte === BRACKET) && ++count > most) return true;
    }
  }
  return false;
}
