/** Spoils payloads, one place after the other, and watches what a policy makes of them; there is no test in here. */
import { agentId, noMemory } from "../examples.spec.ts";
import type { AgentMemory, Policy, PolicyResult } from "../policy.ts";

type Path = readonly (string | number)[];
type Children = readonly (readonly [string | number, unknown])[];

function childrenOf(value: unknown): Children {
  if (Array.isArray(value)) return value.map((child, index) => [index, child] as const);
  return value !== null && typeof value === "object" ? Object.entries(value) : [];
}

/** Every place below the top. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  return childrenOf(value).flatMap(([key, child]) => [[...path, key], ...placesIn(child, [...path, key])]);
}

/** One place of each kind: what differs only in its indexes is the same kind. */
export function kindsOfPlaces(value: unknown): Path[] {
  const kinds = new Map<string, Path>();
  for (const place of placesIn(value)) {
    const kind = JSON.stringify(place.map((key) => (typeof key === "number" ? "*" : key)));
    if (!kinds.has(kind)) kinds.set(kind, place);
  }
  return [...kinds.values()];
}

/** What a place becomes; no child at all for `undefined`, as JSON knows no such value. */
type Spoiling = (found: unknown) => unknown;

/** `Object.fromEntries` defines own properties, as `JSON.parse` does: a key like `__proto__` is only a key. */
function withChildren(value: unknown, children: Children): unknown {
  const left = children.filter(([, child]) => child !== undefined);
  return Array.isArray(value) ? left.map(([, child]) => child) : Object.fromEntries(left);
}

function spoil(value: unknown, [key, ...rest]: Path, spoiling: Spoiling): unknown {
  if (key === undefined) return spoiling(value);
  const children = childrenOf(value).map(([name, child]) =>
    name === key ? ([name, spoil(child, rest, spoiling)] as const) : ([name, child] as const),
  );
  return withChildren(value, children);
}

const many = <T>(item: T): T[] => Array.from({ length: 20_000 }, () => item);
const prototypeKeys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "toJSON",
];

/** A stranger's keys beside those of an object, or in the place of anything else. */
function withPrototypeKeys(found: unknown, child: unknown): unknown {
  const entries = Array.isArray(found) ? [] : childrenOf(found);
  return Object.fromEntries([...entries, ...prototypeKeys.map((key) => [key, child] as const)]);
}

export const spoilings: Readonly<Record<string, Spoiling>> = {
  nothing: () => undefined,
  null: () => null,
  "empty text": () => "",
  "blank text": () => " \t",
  text: () => "text",
  "text like a number": () => "-1e9",
  "a key of every object": () => "__proto__",
  "another key of every object": () => "constructor",
  "a number": () => 7,
  "a negative number": () => -1,
  "an absurd number": () => 1e300,
  "a part of a number": () => 0.5,
  true: () => true,
  false: () => false,
  "an empty list": () => [],
  "an empty object": () => ({}),
  "a list in a list": () => [[[]]],
  "a list of itself": (found) => [found, found],
  "an object of itself": (found) => ({ found }),
  "a huge text": () => "A".repeat(200_000),
  "a huge text of digits": () => "9".repeat(200_000),
  "a huge text of separators": () => "_:/".repeat(66_667),
  "a list of 20,000 nulls": () => many(null),
  "a list of 20,000 texts": () => many("text"),
  "a list of 20,000 objects": () => many({}),
  "a list of 20,000 of what it held": (found) => many(Array.isArray(found) ? (found[0] ?? null) : found),
  "an object of 20,000 keys": () => Object.fromEntries(many(null).map((_, index) => [`key-${index}`, index])),
  "keys of every object, with objects": (found) => withPrototypeKeys(found, { polluted: true }),
  "keys of every object, with texts": (found) => withPrototypeKeys(found, "polluted"),
  "keys of every object, with null": (found) => withPrototypeKeys(found, null),
};

/** Whether a value would be the same after having been stored as JSON. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  return childrenOf(value).every(([, child]) => isPlain(child));
}

/** What is wrong with an answer, or null. */
function complaint(result: PolicyResult): string | null {
  if (result.ok) return isPlain(result.commands) ? null : "commands that cannot be stored";
  if (result.issues.length === 0) return "no issues";
  const wordless = result.issues.some(({ message }) => typeof message !== "string" || message.trim() === "");
  if (wordless) return "an issue without a message";
  return result.issues.some(({ path }) => path.length === 0) ? "an issue without a path" : null;
}

interface Report {
  readonly runs: number;
  /** Place, spoiling and what was wrong with the answer. */
  readonly complaints: readonly string[];
  /** Milliseconds of the slowest run. */
  readonly slowest: number;
}

/** Spoils each of the places in the same way, and tells of all answers that are none. */
export function report(
  policy: Policy,
  payload: unknown,
  places: readonly Path[],
  spoiling: Spoiling,
  memory: Partial<AgentMemory> = {},
): Report {
  const complaints: string[] = [];
  let slowest = 0;
  for (const place of places) {
    const spoilt = spoil(payload, place, spoiling);
    const start = performance.now();
    try {
      const wrong = complaint(policy(agentId, spoilt, { ...noMemory, ...memory }));
      if (wrong !== null) complaints.push(`/${place.join("/")}: ${wrong}`);
    } catch (error) {
      complaints.push(`/${place.join("/")}: ${String(error)}`);
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  return { runs: places.length, complaints, slowest };
}
