/** Lets signed-in clients into the rooms. */
import { routePartykitRequest } from "partyserver";
import { topicSchema } from "../party/messages.ts";
import { verifyToken } from "./auth/tokens.ts";
import type { Bindings } from "./bindings.ts";

/** A browser cannot set headers on a WebSocket: the token comes in the query. */
async function refuse(request: Request, room: string, env: Bindings): Promise<Response | undefined> {
  const token = new URL(request.url).searchParams.get("access_token");
  const claims = token === null ? null : await verifyToken(token, "Bearer", env.ACCESS_TOKEN_ENC_SECRET);
  if (claims === null) return Response.json({ error: "Unauthorized" }, { status: 401 });
  if (!topicSchema.safeParse(room).success) return new Response(null, { status: 404 });
  return undefined;
}

export async function enterRoom(request: Request, env: Bindings): Promise<Response> {
  const response = await routePartykitRequest(
    request,
    { MONITORING_ROOM: env.MONITORING_ROOM },
    {
      onBeforeConnect: (incoming, { name }) => refuse(incoming, name, env),
      // Rooms are for sockets only.
      onBeforeRequest: () => new Response(null, { status: 426, headers: { Upgrade: "websocket" } }),
    },
  );
  return response ?? new Response(null, { status: 404 });
}
