/**
 * A discovery of an agent that is not in force: it was refused, is parked while what it needs is not there, or is delayed while
 * the server cannot apply it.
 */
import { z } from "zod";
import { discoveryTypeSchema } from "../discovery/envelope.ts";
import { type Issue, toPointer } from "../discovery/issue.ts";

export const openIssueSchema = z.object({
  /** Pointer into the request (RFC 6901); null where no field is to blame. */
  field: z.string().nullable(),
  message: z.string(),
});
export type OpenIssue = Readonly<z.infer<typeof openIssueSchema>>;

export const openDiscoverySchema = z.object({
  discovery_type: discoveryTypeSchema,
  state: z.enum(["refused", "parked", "delayed"]),
  /** What is wrong, what it waits for, or what the server failed at first. */
  issues: z.array(openIssueSchema),
  /** ISO 8601 in UTC: it was last in force before this. */
  since: z.string(),
});
export type OpenDiscovery = Readonly<z.infer<typeof openDiscoverySchema>>;
export type OpenState = OpenDiscovery["state"];

/** Why it is not in force. */
export interface Obstacle {
  readonly state: OpenState;
  readonly issues: readonly OpenIssue[];
}

/** The first tell enough: the others are kept with the discovery. */
const MOST_ISSUES = 5;
const LONGEST = 500;

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** The payload cannot be read. */
export function refusedFor(issues: readonly Issue[]): Obstacle {
  return {
    state: "refused",
    issues: issues.slice(0, MOST_ISSUES).map(({ path, message }) => ({
      field: shortened(toPointer(["payload", ...path])),
      message: shortened(message),
    })),
  };
}

/** It can be read, and not be applied. */
export function because(state: OpenState, reasons: readonly string[]): Obstacle {
  const issues = reasons.slice(0, MOST_ISSUES).map((reason) => ({ field: null, message: shortened(reason) }));
  return { state, issues };
}
