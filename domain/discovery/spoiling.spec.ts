/** Spoils payloads, one place after the other, and watches what a policy makes of them; there is no test in here. */
import { agentId, noMemory } from "./examples.spec.ts";
import type { Policy, PolicyResult } from "./policy.ts";

export type Path = readonly (string | number)[];
type Children = readonly (readonly [string | number, unknown])[];

function childrenOf(value: unknown): Children {
  if (Array.isArray(value)) return value.map((child, index) => [index, child] as const);
  return value !== null && typeof value === "object" ? Object.entries(value) : [];
}

/** Every place below the top. */
function placesIn(value: unknown, path: Path = []): Path[] {
  return childrenOf(value).flatMap(([key, child]) => [[...path, key], ...placesIn(child, [...path, key])]);
}

/** A place without its indexes. */
export function kindOf(place: Path): string {
  return place.map((key) => (typeof key === "number" ? "*" : key)).join(" ");
}

/** One place of each kind: what differs only in its indexes is the same kind. */
export function kindsOfPlaces(value: unknown): Path[] {
  const kinds = new Map<string, Path>();
  for (const place of placesIn(value)) if (!kinds.has(kindOf(place))) kinds.set(kindOf(place), place);
  return [...kinds.values()];
}

/** What a place becomes; no child at all for `undefined`, as JSON knows no such value. */
export type Spoiling = (found: unknown) => unknown;

/** `Object.fromEntries` defines own properties, as `JSON.parse` does: a key like `__proto__` is only a key. */
function withChildren(value: unknown, children: Children): unknown {
  const left = children.filter(([, child]) => child !== undefined);
  return Array.isArray(value) ? left.map(([, child]) => child) : Object.fromEntries(left);
}

export function spoil(value: unknown, [key, ...rest]: Path, spoiling: Spoiling): unknown {
  if (key === undefined) return spoiling(value);
  const children = childrenOf(value).map(([name, child]) =>
    name === key ? ([name, spoil(child, rest, spoiling)] as const) : ([name, child] as const),
  );
  return withChildren(value, children);
}

/** More than any list may have. */
export const TOO_MANY = 5_001;
const many = <T>(item: T): T[] => Array.from({ length: TOO_MANY }, () => item);
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

const manyKeys = Object.fromEntries(many(null).map((_, index) => [`key-${index}`, index]));
const hugeTexts = { letters: "A".repeat(200_000), digits: "9".repeat(200_000), signs: "_:/".repeat(66_667) };

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
  "a huge text": () => hugeTexts.letters,
  "a huge text of digits": () => hugeTexts.digits,
  "a huge text of separators": () => hugeTexts.signs,
  "a huge key": () => ({ [hugeTexts.letters]: 1 }),
  "very many nulls": () => many(null),
  "very many texts": () => many("text"),
  "very many objects": () => many({}),
  "very many of what it held": (found) => many(Array.isArray(found) ? (found[0] ?? null) : found),
  "hundreds of what it held": (found) => {
    const item = Array.isArray(found) ? (found[0] ?? null) : found;
    return Array.from({ length: 200 }, () => item);
  },
  "an object of very many keys": () => manyKeys,
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
  return Object.values(value).every(isPlain);
}

/** What is wrong with an answer, or null. */
function complaint(result: PolicyResult): string | null {
  if (result.ok) return isPlain(result.commands) ? null : "commands that cannot be stored";
  if (result.issues.length === 0) return "no issues";
  if (result.issues.length > 50) return "more issues than anybody reads";
  const wordless = result.issues.some(({ message }) => typeof message !== "string" || message.trim() === "");
  if (wordless) return "an issue without a message";
  const placeless = result.issues.some(({ path, message }) => path.length === 0 && !isOfWhole(message));
  return placeless ? "an issue without a path" : null;
}

/** What is said of a payload as a whole is said of none of its places. */
function isOfWhole(message: string): boolean {
  return /^should (be described in at most \d+ characters|have at most \d+ entries)$/.test(message);
}

/** Spoils each of the places in the same way. @returns place and what was wrong with the answer, for all that were wrong */
export function complaintsAbout(
  policy: Policy,
  payload: unknown,
  places: readonly Path[],
  spoiling: Spoiling,
): string[] {
  return places.flatMap((place) => {
    try {
      const wrong = complaint(policy(agentId, spoil(payload, place, spoiling), noMemory));
      return wrong === null ? [] : [`/${place.join("/")}: ${wrong}`];
    } catch (error) {
      return [`/${place.join("/")}: ${String(error)}`];
    }
  });
}
