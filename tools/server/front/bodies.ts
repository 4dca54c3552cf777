/** Takes a body whole, within bounds, before the runtime hears of its request. */
import type { IncomingMessage } from "node:http";
import { MAX_BODY, TOO_LARGE } from "../../../workers/edge/discovery-body.ts";
import type { Refusal } from "./refusals.ts";
import type { Room } from "./room.ts";

export interface Body {
  readonly parts: readonly Buffer[];
  readonly size: number;
}

export const TOO_MUCH: Refusal = { status: 413, detail: TOO_LARGE };
const TOO_SLOW: Refusal = { status: 408, detail: "The body took too long to come.", isLast: true };

export function isToldTooLarge({ headers }: Pick<IncomingMessage, "headers">): boolean {
  return Number(headers["content-length"] ?? 0) > MAX_BODY;
}

/** @returns a refusal when it was not taken, null when the client went; else the room is to be given back */
export async function readBody(request: IncomingMessage, room: Room): Promise<Body | Refusal | null> {
  const { headers } = request;
  if (isToldTooLarge(request)) return TOO_MUCH;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined)
    return { parts: [], size: 0 };
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    let untilThereIsRoom: Promise<void> | undefined;
    const settle = (outcome: Body | Refusal | null) => {
      request.off("data", take).off("end", finish).off("close", leave);
      room.end(upload);
      if (outcome === null || "status" in outcome) room.give(size);
      resolve(outcome);
    };
    const upload = room.begin(() => settle(TOO_SLOW));
    const take = (part: Buffer) => {
      if (size + part.length > MAX_BODY) return settle(TOO_MUCH);
      size += part.length;
      parts.push(part);
      untilThereIsRoom = room.take(upload, part.length);
      if (untilThereIsRoom === undefined) return;
      request.pause();
      void untilThereIsRoom.then(() => request.resume());
    };
    // The end of a body may come with its last part, before there is room for that.
    const finish = () => void Promise.resolve(untilThereIsRoom).then(() => settle({ parts, size }));
    const leave = () => {
      if (!request.readableEnded) settle(null);
    };
    request.on("data", take).on("end", finish).on("close", leave);
  });
}
