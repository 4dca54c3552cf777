/** Turns what a schema found wrong into issues in Trento's words. */
import { z } from "zod";
import type { Issue } from "../../domain/discovery/issue.ts";

/** More would help nobody, and a hostile body could have a million. */
const MAX_ISSUES = 50;

const MISSING = "Missing field";

// A schema's own words come first; where it has none for a value that was not sent, these are used everywhere.
z.config({ customError: ({ input }) => (input === undefined ? MISSING : undefined) });

/** For a schema with words of its own: they are for values that were sent. */
export function unlessMissing(message: string) {
  return { error: ({ input }: { readonly input?: unknown }) => (input === undefined ? undefined : message) };
}

export function requestIssues(error: z.ZodError): Issue[] {
  const issues: Issue[] = [];
  for (const issue of error.issues) {
    if (issues.length >= MAX_ISSUES) break;
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.slice(0, MAX_ISSUES - issues.length)) {
        issues.push({ path: [...path, key], message: `Unexpected field: ${key}` });
      }
      continue;
    }
    const isMissing = issue.message === MISSING && path.length > 0;
    issues.push({ path, message: isMissing ? `${MISSING}: ${path.at(-1)}` : issue.message });
  }
  return issues;
}
