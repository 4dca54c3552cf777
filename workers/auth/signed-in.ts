/** Who comes with an access token. */
import type { Bindings } from "../bindings.ts";
import { type Claims, verifyToken } from "./tokens.ts";
import { findUser, type User } from "./users.ts";

export interface SignedIn {
  readonly claims: Claims;
  readonly user: User;
}

/** @returns null where the token is not valid now, or its user is not there any more */
export async function signedIn(env: Bindings, token: string | null | undefined): Promise<SignedIn | null> {
  if (token === null || token === undefined) return null;
  const claims = await verifyToken(token, "Bearer", env.ACCESS_TOKEN_ENC_SECRET);
  const user = claims === null ? null : await findUser(env, claims.sub);
  return claims === null || user === null ? null : { claims, user };
}
