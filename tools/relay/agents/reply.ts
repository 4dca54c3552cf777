/** What an agent is answered. */
import type { Issue } from "../../../domain/discovery/issue.ts";
import { errorsOf, invalidFields } from "../../../workers/edge/errors.ts";

export interface Reply {
  readonly status: number;
  /** JSON; null where there is none. */
  readonly body: string | null;
}

export const accepted: Reply = { status: 202, body: "{}" };
export const heard: Reply = { status: 204, body: null };
export const unauthorized: Reply = { status: 401, body: JSON.stringify({ error: "Unauthorized" }) };

export function failed(status: number, detail: string): Reply {
  return { status, body: JSON.stringify(errorsOf(status, detail)) };
}

export function invalid(...issues: readonly Issue[]): Reply {
  return { status: 422, body: JSON.stringify(invalidFields(issues)) };
}
