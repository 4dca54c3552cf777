/** Lets signed-in clients into the rooms. */
import { getServerByName } from "partyserver";
import { roomPath, topics } from "../party/messages.ts";
import { verifyToken } from "./auth/tokens.ts";
import type { Bindings } from "./bindings.ts";

/** A browser cannot set headers on a WebSocket: the token comes in the query. */
export async function enterRoom(request: Request, env: Bindings): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const topic = topics.find((name) => roomPath(name) === pathname);
  if (topic === undefined) return new Response(null, { status: 404 });
  const token = searchParams.get("access_token");
  const claims = token === null ? null : await verifyToken(token, "Bearer", env.ACCESS_TOKEN_ENC_SECRET);
  if (claims === null) return Response.json({ error: "Unauthorized" }, { status: 401 });
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return new Response(null, { status: 426, headers: { Upgrade: "websocket" } });
  }
  const room = await getServerByName(env.MONITORING_ROOM, topic);
  return room.fetch(request);
}
