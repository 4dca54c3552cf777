/** Tokens of the session: where they are kept, and when they are renewed. */
import { z } from "zod";

const tokensSchema = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAt: z.number() });
/** `expiresAt` is the access token's end in milliseconds. */
export type Tokens = z.infer<typeof tokensSchema>;

const KEY = "trento-edge.session";
/** Milliseconds before its end from which an access token is renewed. */
const RENEW_BEFORE = 30_000;

export function needsRenewal(tokens: Tokens, now: number): boolean {
  return now >= tokens.expiresAt - RENEW_BEFORE;
}

export function parseTokens(text: string | null): Tokens | null {
  if (text === null) return null;
  try {
    return tokensSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function readTokens(): Tokens | null {
  return parseTokens(localStorage.getItem(KEY));
}

export function writeTokens(tokens: Tokens | null): void {
  if (tokens === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(tokens));
}
