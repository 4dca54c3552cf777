/** Requests to the API in the name of who is signed in. */
import type { z } from "zod";
import { session } from "../session/session.ts";
import { failureOf } from "./failure.ts";

interface Asked {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
}

/**
 * A text of somebody as a part of a path may change where the path leads, as two dots do, however they are written.
 * @throws where the path would lead elsewhere than it says
 */
function assertAsMeant(path: string): void {
  const [meant] = path.split("?");
  const { pathname } = new URL(path, window.location.origin);
  if (pathname !== meant) throw new Error("A name like this cannot be asked for.");
}

async function send(path: string, { method = "GET", body }: Asked, renew: boolean): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    Authorization: `Bearer ${await session.accessToken(renew)}`,
  };
  if (body === undefined) return fetch(path, { method, headers });
  headers["Content-Type"] = "application/json";
  return fetch(path, { method, headers, body: JSON.stringify(body) });
}

/** A token may be refused although it should last, as after a change of secrets: then it is renewed once. */
export async function request(path: string, asked: Asked = {}): Promise<Response> {
  assertAsMeant(path);
  const first = await send(path, asked, false);
  const answer = first.status === 401 ? await send(path, asked, true) : first;
  if (!answer.ok) throw await failureOf(answer);
  return answer;
}

export async function requestJson<S extends z.ZodType>(
  path: string,
  schema: S,
  asked?: Asked,
): Promise<z.infer<S>> {
  return schema.parse(await (await request(path, asked)).json());
}
