/**
 * What others wrote, evaluated in a process of its own: there it may take what it takes, and nobody else waits. Self-hosted, the
 * server runs the Worker a second time for it, with nothing but this.
 */
import { WorkerEntrypoint } from "cloudflare:workers";
import type { Done, Left } from "../../checks/evaluation/evaluation.ts";
import type { Kind, Task } from "../../checks/evaluation/tasks.ts";
import { hereUntil } from "./here.ts";

export class Evaluator extends WorkerEntrypoint {
  /** Asked by those who look whether it is there: between two steps it answers. */
  override async fetch(): Promise<Response> {
    return new Response(null, { status: 204 });
  }

  /** @param limit milliseconds */
  async work<K extends Kind>(
    kind: K,
    tasks: readonly Task<K>[],
    left: Left,
    limit: number,
  ): Promise<Done<K>> {
    return hereUntil(performance.now() + limit).work(kind, tasks, left);
  }
}
