/** Posts discoveries whose agent version counts up, and knows which were acknowledged. */
import { z } from "zod";

export class AgentOfTests {
  readonly id = crypto.randomUUID();
  readonly hostname: string;
  /** Numbers of the changes that were answered with 202. */
  readonly acknowledged: number[] = [];
  #next = 1;

  constructor(index: number) {
    this.hostname = `host${String(index).padStart(3, "0")}`;
  }

  /** Posts the next change; an answer that never comes leaves open whether it was taken. */
  async change(url: string, apiKey: string): Promise<boolean> {
    const number = this.#next++;
    const answer = await this.post(url, apiKey, number).catch(() => null);
    if (answer !== 202) return false;
    this.acknowledged.push(number);
    return true;
  }

  async post(url: string, apiKey: string, number: number): Promise<number> {
    const response = await fetch(`${url}/api/v1/collect`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Trento-ApiKey": apiKey },
      body: JSON.stringify({
        agent_id: this.id,
        discovery_type: "host_discovery",
        payload: {
          hostname: this.hostname,
          ip_addresses: ["10.0.0.1"],
          agent_version: String(number),
          cpu_count: 2,
          total_memory_mb: 1024,
          socket_count: 1,
          os_version: "15-SP6",
        },
      }),
    });
    await response.arrayBuffer();
    return response.status;
  }
}

const hostSchema = z.object({ id: z.string(), agent_version: z.string() });

export async function listHosts(url: string, password: string) {
  const session = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: "admin", password }),
  });
  const { access_token } = z.object({ access_token: z.string() }).parse(await session.json());
  const answer = await fetch(`${url}/api/v1/hosts`, { headers: { Authorization: `Bearer ${access_token}` } });
  return z.array(hostSchema).parse(await answer.json());
}
