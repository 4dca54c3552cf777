/** Which part of a file is asked for (RFC 9110, 14.2). */
export interface Range {
  readonly start: number;
  /** Of the last byte. */
  readonly end: number;
}

/** @returns null where all of it is to be sent: what cannot be read, or names several parts, is overlooked */
export function rangeOf(header: string | undefined, size: number): Range | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "unsatisfiable" : { start, end };
}
