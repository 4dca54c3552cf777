/** What is wrong with something that came in, and where. */
import type { z } from "zod";

export interface Issue {
  /** Keys and indexes from the top of the request to the field. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** RFC 6901. */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** More would help nobody, and a hostile list could hold a million. */
export const MAX_ISSUES = 50;

export function issuesAmong(issues: readonly z.core.$ZodIssue[]): Issue[] {
  return issues.slice(0, MAX_ISSUES).map(({ path, message }) => ({
    path: path.map((key) => (typeof key === "number" ? key : String(key))),
    message,
  }));
}
