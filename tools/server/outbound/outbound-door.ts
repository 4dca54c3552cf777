/** The Worker's binding `OUTBOUND`: what it sends to third parties, sent from here. */
import { type Request, Response } from "miniflare";
import { UNREACHED } from "../../../domain/webhooks/address.ts";
import { send } from "./outbound.ts";

/** What has no body by its status. */
const BODILESS = new Set([204, 205, 304]);

/** @returns a service; who is not reached is a bad gateway that says why */
export function outboundDoor(allowed: readonly string[]) {
  return async (request: Request): Promise<Response> => {
    const { url, method } = request;
    const headers = Object.fromEntries(request.headers);
    try {
      const answered = await send({ url, method, headers, body: await request.text() }, allowed);
      const { status, body } = answered;
      return new Response(BODILESS.has(status) ? null : body, { status, headers: answered.headers });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return new Response(reason, { status: 502, headers: { [UNREACHED]: "1" } });
    }
  };
}
