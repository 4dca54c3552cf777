/** Selects the checks of a simulated landscape, as its people would. */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Landscape } from "../simulate/model/installation.ts";
import { checksFor, targetsOf } from "../simulate/selection.ts";

export interface People {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** A target is known a moment after its agents have told of it. */
const TRIES = 30;
const BETWEEN_TRIES = 1_000;
/** Answered by who may have time later, where it is said when. */
const BUSY: ReadonlySet<number> = new Set([429, 503]);

/** Sends it until the server, which may be busy at first, has time. */
async function post(url: string, body: unknown, token?: string): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify(body),
    });
    const retryAfter = response.headers.get("retry-after");
    if (!BUSY.has(response.status) || retryAfter === null || tries === TRIES) return response;
    await response.arrayBuffer();
    await pause(Number(retryAfter) * 1_000);
  }
}

async function signIn({ url, username, password }: People): Promise<string> {
  const response = await post(`${url}/api/session`, { username, password });
  if (!response.ok) throw new Error(`the sign-in was answered with ${response.status}`);
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

/** @throws when targets do not come to be known, or refuse their selection; the others have theirs all the same */
export async function selectChecks(
  landscape: Landscape,
  people: People,
  betweenTries = BETWEEN_TRIES,
): Promise<void> {
  let token = await signIn(people);
  const failures: string[] = [];

  /** @returns the status of the answer once the target is known */
  async function select(url: string, checks: readonly string[]): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      const { status } = await post(url, { checks }, token);
      if ((status !== 404 && status !== 401) || tries === TRIES) return status;
      // A large landscape may take longer than a token lives.
      if (status === 401) token = await signIn(people);
      else await pause(betweenTries);
    }
  }

  for (const group of targetsOf(landscape)) {
    const status = await select(
      `${people.url}/api/v1/${group.type}s/${group.id}/checks`,
      checksFor(group),
    ).catch((error: unknown) => String(error));
    if (status !== 202) failures.push(`${group.name} (${status})`);
  }
  if (failures.length > 0) throw new Error(`not for ${failures.join(", ")}`);
}
