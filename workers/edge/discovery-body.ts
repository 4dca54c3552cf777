/** Reads what an agent posts; a relay judges by the same what it cannot pass on at once. */
import { type DiscoveryType, type Envelope, envelopeSchema } from "../../domain/discovery/envelope.ts";
import type { Issue } from "../../domain/discovery/issue.ts";
import { nestsDeeperThan } from "../../domain/json.ts";
import { type Errors, errorsOf, invalidFields } from "./errors.ts";
import { brokenTextIn } from "./unicode.ts";
import { requestIssues } from "./validation.ts";

/** Trento's limit, in bytes. */
export const MAX_BODY = 8_000_000;
export const TOO_LARGE = "The body is larger than 8 MB.";

export interface ReadDiscovery {
  /** In lower case. */
  readonly agentId: string;
  readonly type: DiscoveryType;
  readonly payload: Envelope["payload"];
  /** As it came. */
  readonly body: string;
}

export interface Refused {
  readonly status: 400 | 422;
  readonly errors: Errors;
}

function refused(issues: readonly Issue[]): Refused {
  return { status: 422, errors: invalidFields(issues) };
}

function decode(bytes: ArrayBuffer | Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

/** The envelope; the payload is judged by its policy. */
export function readDiscovery(bytes: ArrayBuffer | Uint8Array): ReadDiscovery | Refused {
  const body = decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(body ?? "");
  } catch {
    return { status: 400, errors: errorsOf(400, "The body is not valid JSON.") };
  }
  if (nestsDeeperThan(value)) return refused([{ path: ["payload"], message: "is nested too deeply" }]);
  const broken = brokenTextIn(body ?? "", value);
  if (broken !== null) return refused([broken]);
  const parsed = envelopeSchema.safeParse(value);
  if (!parsed.success) return refused(requestIssues(parsed.error));
  const { agent_id, discovery_type: type, payload } = parsed.data;
  return { agentId: agent_id.toLowerCase(), type, payload, body: body ?? "" };
}

/** What a policy found wrong in the payload. */
export function payloadErrors(issues: readonly Issue[]): Errors {
  return invalidFields(issues.map((issue) => ({ ...issue, path: ["payload", ...issue.path] })));
}

/** SHA-256 in base64: by it a discovery that is repeated is known. */
export async function digestOfBody(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("base64");
}
