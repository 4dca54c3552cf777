/** Turns what a schema found wrong into issues in Trento's words. */
import type { z } from "zod";
import type { Issue } from "../../domain/discovery/issue.ts";

/** More would help nobody. */
const MAX_ISSUES = 50;

export function requestIssues(error: z.ZodError): Issue[] {
  return error.issues.slice(0, MAX_ISSUES).flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], message: `Unexpected field: ${key}` }));
    }
    const isMissing = issue.code === "invalid_type" && issue.input === undefined && path.length > 0;
    return [{ path, message: isMissing ? `Missing field: ${path.at(-1)}` : issue.message }];
  });
}
