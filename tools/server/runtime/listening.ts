/** What the runtime says on its control descriptor: a line of JSON for each socket that it listens on. */
import type { Readable } from "node:stream";
import { z } from "zod";

const eventSchema = z.looseObject({ event: z.string(), socket: z.string().optional() });

/** Calls back once, as soon as all of the sockets listen. @param sockets names, as in the configuration */
export function whenListening(control: Readable, sockets: readonly string[], then: () => void): void {
  const awaited = new Set(sockets);
  let begun = "";
  control.setEncoding("utf8");
  control.on("data", (part: string) => {
    const lines = (begun + part).split("\n");
    begun = lines.pop() ?? "";
    for (const line of lines) {
      const { event, socket } = eventSchema.parse(JSON.parse(line));
      if (event === "listen" && socket !== undefined && awaited.delete(socket) && awaited.size === 0) then();
    }
  });
}
