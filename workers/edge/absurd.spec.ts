/** Values as agents never send them, put anywhere into a payload; there is no test in here. */
import { z } from "zod";

type Path = readonly (string | number)[];

/** Paths of all that a value holds. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  const children =
    value !== null && typeof value === "object"
      ? Object.entries(value).flatMap(([key, child]) =>
          pathsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return [path, ...children];
}

/** Stands for nothing at all: the key, or the place in a list, is not there. */
export const MISSING = Symbol("missing");

/** A copy of a value with something else at a path of it. */
export function replaced(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (index !== key) return [item];
      const changed = replaced(item, rest, put);
      return changed === MISSING ? [] : [changed];
    });
  }
  return Object.fromEntries(
    Object.entries(z.record(z.string(), z.unknown()).parse(value)).flatMap(([name, child]) => {
      if (name !== key) return [[name, child]];
      const changed = replaced(child, rest, put);
      return changed === MISSING ? [] : [[name, changed]];
    }),
  );
}

let deep: unknown = "a";
for (let depth = 0; depth < 60; depth += 1) deep = [deep];

export const absurd: readonly unknown[] = [
  MISSING,
  null,
  "",
  " ",
  "x".repeat(2_000),
  "x".repeat(30_000),
  "\u0000'\";--<b>\ud800\u202e",
  "__proto__",
  "-1",
  "1e3",
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  true,
  [],
  [null],
  [[]],
  {},
  { constructor: 1, toString: null },
  Array.from({ length: 6_000 }, () => ({})),
  deep,
];
