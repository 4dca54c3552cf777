/** Tells the log what of payloads was wrong and left out: once, since an agent sends the same every few seconds. */
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { type Issue, toPointer } from "../../domain/discovery/issue.ts";

/** Of one object: one that sends something else each time is told of no further. */
const MOST = 100;

export class Complaints {
  readonly #made = new Set<string>();

  make(agentId: string, type: DiscoveryType, dropped: readonly Issue[]): void {
    for (const { path, message } of dropped) {
      const complaint = `${type} of ${agentId}: ${toPointer(["payload", ...path])} ${message}, and is left out`;
      if (this.#made.has(complaint) || this.#made.size >= MOST) continue;
      this.#made.add(complaint);
      console.warn(complaint);
    }
  }
}
