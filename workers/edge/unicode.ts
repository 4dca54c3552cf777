/**
 * JSON may spell half a character (`"\ud800"`), which no text can hold: ids made of it, and what is stored, would go wrong. It may
 * spell control characters, too: nobody types them, and headers, logs and terminals that are told of them would do as they say.
 */
import { createMiddleware } from "hono/factory";
import type { Issue } from "../../domain/discovery/issue.ts";
import { invalidFields } from "./errors.ts";

interface Flaw {
  /** How it is spelt in JSON, if not always: most bodies need no closer look. */
  readonly suspect: RegExp;
  isIn(text: string): boolean;
  readonly message: string;
}

const half: Flaw = {
  suspect: /\\ud[89a-f]/i,
  isIn: (text) => !text.isWellFormed(),
  message: "has invalid format",
};

/** Tabs and ends of lines are in texts of more than one line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const control: Flaw = {
  suspect: /\\u00[0189]|\\u007f|\\[bf]|[\u007f-\u009f]/i,
  isIn: (text) => CONTROL.test(text),
  message: "must not hold control characters",
};

function placeOf({ suspect, isIn, message }: Flaw, json: string, value: unknown): Issue | null {
  if (!suspect.test(json)) return null;
  const waiting: { readonly path: Issue["path"]; readonly value: unknown }[] = [{ path: [], value }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, value: found } = next;
    if (typeof found === "string" && isIn(found)) return { path, message };
    if (found === null || typeof found !== "object") continue;
    for (const [key, child] of Object.entries(found)) {
      const at = [...path, Array.isArray(found) ? Number(key) : key.toWellFormed()];
      if (isIn(key)) return { path: at, message };
      waiting.push({ path: at, value: child });
    }
  }
  return null;
}

/** Where in the value of a JSON text there is half a character; null where all are whole. */
export function brokenTextIn(json: string, value: unknown): Issue | null {
  return placeOf(half, json, value);
}

/** Where there is half a character, or one that no person types; null where there is none. */
export function unfitTextIn(json: string, value: unknown): Issue | null {
  return placeOf(half, json, value) ?? placeOf(control, json, value);
}

/** For all bodies of a route. @param find what is looked for */
export function refuseText(find: typeof unfitTextIn) {
  return createMiddleware(async (c, next) => {
    if (c.req.header("content-type")?.includes("json") !== true) return next();
    const json = await c.req.text();
    let value: unknown = null;
    try {
      value = json === "" ? null : JSON.parse(json);
    } catch {
      // What is no JSON is the validator's affair.
    }
    const issue = find(json, value);
    return issue === null ? next() : c.json(invalidFields([issue]), 422);
  });
}
