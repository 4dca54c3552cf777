/** The session: signing in, a valid access token whenever one is needed, signing out. */
import { z } from "zod";
import { failureOf } from "../api/failure.ts";
import { needsRenewal, readTokens, type Tokens, writeTokens } from "./tokens.ts";

const loginSchema = z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() });
const refreshSchema = loginSchema.omit({ refresh_token: true });

async function post(path: string, body: unknown): Promise<unknown> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw await failureOf(answer);
  return answer.json();
}

export class Session {
  #tokens: Tokens | null = readTokens();
  #renewal: Promise<Tokens> | null = null;
  readonly #listeners = new Set<() => void>();

  readonly isSignedIn = (): boolean => this.#tokens !== null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async signIn(username: string, password: string): Promise<void> {
    const answer = loginSchema.parse(await post("/api/session", { username, password }));
    this.#keep({
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token,
      expiresAt: Date.now() + answer.expires_in * 1000,
    });
  }

  signOut(): void {
    this.#keep(null);
  }

  /** An access token that is valid for a while. One renewal at a time, whoever asks. */
  async accessToken(renew = false): Promise<string> {
    const tokens = this.#tokens;
    if (tokens === null) throw new Error("nobody is signed in");
    if (!renew && !needsRenewal(tokens, Date.now())) return tokens.accessToken;
    this.#renewal ??= this.#renew(tokens).finally(() => {
      this.#renewal = null;
    });
    return (await this.#renewal).accessToken;
  }

  async #renew(tokens: Tokens): Promise<Tokens> {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const body = JSON.stringify({ refresh_token: tokens.refreshToken });
    const answer = await fetch("/api/session/refresh", { method: "POST", headers, body });
    // Only a clear no ends the session: a server that is away will be back.
    if (answer.status === 401) this.#keep(null);
    if (!answer.ok) throw await failureOf(answer);
    const { access_token, expires_in } = refreshSchema.parse(await answer.json());
    const renewed = { ...tokens, accessToken: access_token, expiresAt: Date.now() + expires_in * 1000 };
    this.#keep(renewed);
    return renewed;
  }

  #keep(tokens: Tokens | null): void {
    this.#tokens = tokens;
    writeTokens(tokens);
    for (const listener of this.#listeners) listener();
  }
}

export const session = new Session();
