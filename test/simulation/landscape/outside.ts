/** What is outside the product: the mail server, and the endpoint of a third party. */
import type { System } from "../system.ts";

/** In place of the runtime's `Request`, whose body would be read by I/O. */
export class PlainRequest {
  readonly url: string;
  readonly headers: Headers;

  constructor(url: string, { headers }: { headers: Record<string, string> }) {
    this.url = url;
    this.headers = new Headers(headers);
  }
}

export class Outside {
  /** Text of each mail that was taken, by its id. */
  readonly mails = new Map<string, string>();
  /** Ids of the messages that the endpoint has taken. */
  readonly hooks = new Set<string>();
  readonly #system: () => System;

  constructor(system: () => System) {
    this.#system = system;
  }

  /** The mail server. */
  take(mail: { id: string; subject: string; text: string }): Promise<unknown> {
    const { world } = this.#system();
    return world.leave("mail server", (answer) => {
      if (world.chance(world.faults.outside))
        return answer({ status: "failed", permanent: false, reason: "it is away" });
      const known = this.mails.get(mail.id);
      if (known !== undefined && known !== mail.text) world.problem(`mail ${mail.id} came with two texts`);
      this.mails.set(mail.id, mail.text);
      if (world.chance(world.faults.outside / 4))
        return answer({ status: "failed", permanent: false, reason: "no answer" });
      answer({ status: "sent" });
    });
  }

  /** The endpoint of a third party. */
  async fetch(request: Request): Promise<Response> {
    const { world } = this.#system();
    const id = request.headers.get("webhook-id") ?? "";
    const status = await world.leave<number>("endpoint", (answer) => {
      if (world.chance(world.faults.outside)) return answer(503);
      this.hooks.add(id);
      answer(world.chance(world.faults.outside / 4) ? 500 : 204);
    });
    return { status, ok: status < 300, headers: new Headers(), body: null } as Response;
  }
}
