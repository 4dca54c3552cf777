/** Access tokens, refresh tokens and API keys: JWT as Trento issues them. */
import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import { z } from "zod";

const ISSUER = "https://github.com/trento-project/web";
const AUDIENCE = "trento_app";
const API_KEY_AUDIENCE = "trento_api_key";
/** Seconds. */
export const ACCESS_TOKEN_LIFE = 180;
const REFRESH_TOKEN_LIFE = 21_600;

const claimsSchema = z.object({
  sub: z.int(),
  typ: z.enum(["Bearer", "Refresh"]),
  iss: z.string(),
  aud: z.string(),
  jti: z.string(),
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
});
export type Claims = z.infer<typeof claimsSchema>;

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

/** The subject is a number in Trento's tokens, which the library's type does not foresee. */
function sign(claims: Record<string, unknown>, secret: string): Promise<string> {
  return new SignJWT(claims as JWTPayload)
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(keyOf(secret));
}

function issue(userId: number, typ: Claims["typ"], life: number, secret: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims: Claims = {
    sub: userId,
    typ,
    iss: ISSUER,
    aud: AUDIENCE,
    jti: crypto.randomUUID(),
    iat: now,
    nbf: now,
    exp: now + life,
  };
  return sign(claims, secret);
}

export const issueAccessToken = (userId: number, secret: string) =>
  issue(userId, "Bearer", ACCESS_TOKEN_LIFE, secret);
export const issueRefreshToken = (userId: number, secret: string) =>
  issue(userId, "Refresh", REFRESH_TOKEN_LIFE, secret);

/** @returns the claims of a token that is valid now; null for any other */
export async function verifyToken(token: string, typ: Claims["typ"], secret: string): Promise<Claims | null> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: AUDIENCE,
    });
    const claims = claimsSchema.safeParse(payload);
    return claims.success && claims.data.typ === typ ? claims.data : null;
  } catch {
    return null;
  }
}

export interface ApiKeySettings {
  readonly jti: string;
  readonly created_at: string;
  /** Null: the key expires in a hundred years. */
  readonly expire_at: string | null;
}

const HUNDRED_YEARS = 100 * 365.25 * 86_400;

function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** The same settings give the same key. */
export function apiKeyOf({ jti, created_at, expire_at }: ApiKeySettings, secret: string): Promise<string> {
  const iat = seconds(created_at);
  const exp = expire_at === null ? Math.floor(iat + HUNDRED_YEARS) : seconds(expire_at);
  return sign({ iss: ISSUER, aud: API_KEY_AUDIENCE, jti, iat, nbf: iat, exp, typ: "Bearer" }, secret);
}

/** @returns id and expiry (seconds) of a key that was issued here and has not expired; null for any other */
export async function verifyApiKey(
  key: string,
  secret: string,
): Promise<{ jti: string; exp: number } | null> {
  try {
    const { payload } = await jwtVerify(key, keyOf(secret), {
      algorithms: ["HS256"],
      issuer: ISSUER,
      // Who asks compares the id with that of the key in force, which no access token has: this only says so early.
      audience: API_KEY_AUDIENCE,
    });
    const { jti, exp } = payload;
    return jti === undefined || exp === undefined ? null : { jti, exp };
  } catch {
    return null;
  }
}
