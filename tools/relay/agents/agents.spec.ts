/** What the specs of a relay's agents share: an edge, a clock, and bodies. */
import type { EdgeAnswer } from "../edge/api.ts";

export const encode = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

export const answer = (status: number, body = "{}"): EdgeAnswer => ({
  status,
  body,
  detail: String(status),
});

export const agentId = "9cd46919-5f19-59aa-993e-cf3736c71053";

export function hostBody(hostname: string, agent_id = agentId): Uint8Array<ArrayBuffer> {
  const payload = {
    hostname,
    ip_addresses: ["10.0.0.1"],
    agent_version: "3.0.0",
    cpu_count: 2,
    total_memory_mb: 1024,
    socket_count: 1,
    os_version: "15-SP6",
  };
  return encode(JSON.stringify({ agent_id, discovery_type: "host_discovery", payload }));
}

/** Time that passes when it is told to. */
export class Clock {
  now = 1_000_000;
  #waiting: { readonly at: number; readonly call: () => void }[] = [];

  after = (milliseconds: number, call: () => void) => {
    const one = { at: this.now + milliseconds, call };
    this.#waiting.push(one);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== one);
    };
  };

  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    const due = this.#waiting.filter(({ at }) => at <= this.now);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.now);
    for (const { call } of due) call();
    await settled();
  }
}

/** Everything that waits for nothing but other promises has happened. */
export async function settled(): Promise<void> {
  for (let times = 0; times < 10; times += 1) await new Promise((resolve) => setImmediate(resolve));
}
