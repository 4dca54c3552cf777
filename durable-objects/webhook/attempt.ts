/** One attempt to deliver one message. */
import { refusalOfUrl, UNREACHED } from "../../domain/webhooks/address.ts";
import { wishedPause } from "../../domain/webhooks/retry.ts";
import type { Endpoint } from "./endpoint.ts";
import { signedHeaders } from "./signing.ts";
import { isTimeout, NoWayOut, type Sender } from "./way-out.ts";

export interface Outcome {
  /** Null where there was no answer. */
  readonly status: number | null;
  /** Why it was not taken; null when it was. */
  readonly error: string | null;
  /** Milliseconds that the endpoint asked us to wait. */
  readonly wish: number | null;
}

export interface Attempted {
  readonly id: string;
  readonly body: string;
}

/** Milliseconds. */
const PATIENCE = 15_000;
/** Characters of an answer that says no. */
const KEPT = 300;

/** The begin of an answer; what follows is not waited for, however much there is. */
async function beginOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < KEPT) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  return text.slice(0, KEPT).replace(/\s+/g, " ").trim();
}

async function exchange(
  endpoint: Endpoint,
  { id, body }: Attempted,
  sender: Sender,
  patience: number,
): Promise<Outcome> {
  const now = Date.now();
  const response = await sender.fetch(
    new Request(endpoint.url, {
      method: "POST",
      // A redirect leads where nobody has looked.
      redirect: "manual",
      signal: AbortSignal.timeout(patience),
      headers: {
        "content-type": "application/cloudevents+json",
        "user-agent": "trento-edge",
        ...(await signedHeaders(endpoint, id, now, body)),
      },
      body,
    }),
  );
  const { status, ok, headers } = response;
  if (ok) {
    await response.body?.cancel().catch(() => {});
    return { status, error: null, wish: null };
  }
  const said = await beginOf(response).catch(() => "");
  if (headers.has(UNREACHED)) return { status: null, error: said, wish: null };
  const error = `answered with ${status}${said === "" ? "" : `: ${said}`}`;
  return { status, error, wish: wishedPause(headers.get("retry-after"), now) };
}

/** @param patience milliseconds for all of it. @throws NoWayOut, and nothing else */
export async function attempt(
  endpoint: Endpoint,
  message: Attempted,
  sender: Sender,
  allowed: readonly string[],
  patience = PATIENCE,
): Promise<Outcome> {
  // Looked at again at every attempt: what is allowed may have changed.
  const refusal = refusalOfUrl(endpoint.url, allowed);
  if (refusal !== null) return { status: null, error: `the URL ${refusal}`, wish: null };
  try {
    return await exchange(endpoint, message, sender, patience);
  } catch (error) {
    if (error instanceof NoWayOut) throw error;
    const isSlow = isTimeout(error);
    const reason = isSlow ? `no answer within ${patience / 1_000} s` : String(error);
    return { status: null, error: reason.slice(0, KEPT), wish: null };
  }
}
