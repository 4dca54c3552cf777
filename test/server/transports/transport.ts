/** The test's Worker on one of the two: Cloudflare's queues and D1 as simulated for developers, or a self-hosted server's. */
import { z } from "zod";
import type { Answered, Asked } from "./protocol.ts";

export interface Transport {
  readonly name: string;
  ask(asked: Asked): Promise<Answered>;
  stop(): Promise<void>;
}

const answeredSchema = z.union([z.object({ value: z.unknown() }), z.object({ error: z.string() })]);

/** @param text the Worker's answer */
export function answered(text: string): Answered {
  return answeredSchema.parse(JSON.parse(text));
}
