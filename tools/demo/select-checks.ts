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

async function post(url: string, body: unknown, token?: string): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

async function signIn({ url, username, password }: People): Promise<string> {
  const response = await post(`${url}/api/session`, { username, password });
  if (!response.ok) throw new Error(`the sign-in was answered with ${response.status}`);
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

/** @throws when a target does not come to be known, or refuses its selection */
export async function selectChecks(landscape: Landscape, people: People): Promise<void> {
  const token = await signIn(people);
  const wanted = new Map(targetsOf(landscape).map((group) => [group, checksFor(group)]));
  for (const [group, checks] of wanted) {
    const url = `${people.url}/api/v1/${group.type}s/${group.id}/checks`;
    let status = 0;
    for (let tries = 0; tries < TRIES; tries += 1) {
      status = (await post(url, { checks }, token)).status;
      if (status !== 404) break;
      await pause(BETWEEN_TRIES);
    }
    if (status !== 202) throw new Error(`the checks of ${group.name} were answered with ${status}`);
  }
}
