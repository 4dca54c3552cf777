/** Lets signed-in clients into the rooms. */
import { getServerByName } from "partyserver";
import { EXPIRY_HEADER } from "../party/expiry.ts";
import { roomPath, topics } from "../party/messages.ts";
import { signedIn } from "./auth/signed-in.ts";
import type { Bindings } from "./bindings.ts";

/** A browser cannot set headers on a WebSocket: the token comes in the query. */
export async function enterRoom(request: Request, env: Bindings): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const topic = topics.find((name) => roomPath(name) === pathname);
  if (topic === undefined) return new Response(null, { status: 404 });
  const known = await signedIn(env, searchParams.get("access_token"));
  if (known === null) return Response.json({ error: "Unauthorized" }, { status: 401 });
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return new Response(null, { status: 426, headers: { Upgrade: "websocket" } });
  }
  const room = await getServerByName(env.MONITORING_ROOM, topic);
  return room.fetch(admitted(request, known.claims.exp));
}

/** What a client says of its place, and nothing else: partyserver takes names and properties from the query and the headers. */
function admitted(request: Request, expiry: number): Request {
  const url = new URL(request.url);
  const asked = new URLSearchParams();
  for (const name of ["epoch", "since"]) {
    const value = url.searchParams.get(name);
    if (value !== null) asked.set(name, value);
  }
  url.search = asked.toString();
  const headers = new Headers(
    [...request.headers].filter(([name]) => /^(upgrade|connection|sec-websocket-)/.test(name)),
  );
  headers.set(EXPIRY_HEADER, String(expiry));
  return new Request(url, { headers });
}
