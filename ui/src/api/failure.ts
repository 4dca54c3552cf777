/** An answer that says no, as an error with its words. */
import { z } from "zod";

const errorsSchema = z.object({ errors: z.array(z.object({ detail: z.string() })).min(1) });

export class Failure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export async function failureOf(answer: Response): Promise<Failure> {
  const body: unknown = await answer.json().catch(() => null);
  const parsed = errorsSchema.safeParse(body);
  const detail = parsed.success ? parsed.data.errors.map((error) => error.detail).join(" ") : null;
  return new Failure(answer.status, detail ?? `The server answered with ${answer.status}.`);
}

/** There is nothing of that id, or no longer; or it is none. */
export function isGone(error: Error | null): boolean {
  return error instanceof Failure && (error.status === 404 || error.status === 422);
}
