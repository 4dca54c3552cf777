/** How requests to third parties go out. */

export interface Sender {
  /** Sends a request; the runtime's own, or one that looks at where it really goes. */
  fetch(request: Request): Promise<Response>;
}

/** It was not even tried: whoever sends our requests was not there, which says nothing of the endpoint. */
export class NoWayOut extends Error {
  override readonly name = "NoWayOut";
}

export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === "TimeoutError";
}

/** A door in another process answers whatever becomes of a request. What it does not answer has not gone through it. */
export function through(door: Sender): Sender {
  return {
    fetch: async (request) => {
      try {
        return await door.fetch(request);
      } catch (error) {
        if (isTimeout(error)) throw error;
        throw new NoWayOut(`the way out is not there: ${String(error)}`, { cause: error });
      }
    },
  };
}
