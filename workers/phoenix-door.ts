/** Lets signed-in clients to the socket that speaks as Phoenix channels do. */
import { EXPIRY_HEADER } from "../party/expiry.ts";
import { type SocketUser, USER_HEADER } from "../party/phoenix-socket.ts";
import { signedIn } from "./auth/signed-in.ts";
import { seesActors } from "./auth/users.ts";
import type { Bindings } from "./bindings.ts";

/** The only version of the protocol that is spoken; Phoenix' own clients have asked for it since 2019. */
const VERSION = "2.0.0";

export function phoenixSocket({ PHOENIX_SOCKET }: Pick<Bindings, "PHOENIX_SOCKET">) {
  return PHOENIX_SOCKET.getByName("all");
}

/** A browser cannot set headers on a WebSocket: the token comes in the query. Phoenix refuses with 403. */
export async function enterPhoenix(request: Request, env: Bindings): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const known = await signedIn(env, searchParams.get("access_token"));
  if (known === null) return new Response(null, { status: 403 });
  if (searchParams.get("vsn") !== VERSION) return new Response(`vsn must be ${VERSION}`, { status: 400 });
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    return new Response(null, { status: 426, headers: { Upgrade: "websocket" } });
  }
  const headers = new Headers(request.headers);
  const { id, username } = known.user;
  const told: SocketUser = { id, username, seesUsers: seesActors(known.user) };
  // A header holds no other letters.
  headers.set(USER_HEADER, encodeURIComponent(JSON.stringify(told)));
  headers.set(EXPIRY_HEADER, String(known.claims.exp));
  return phoenixSocket(env).fetch(new Request(request.url, { headers }));
}
