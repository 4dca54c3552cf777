/** What a load needs of a server that runs, and how many sockets it holds. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { discoveriesOf, envelopeOf } from "../../../tools/simulate/discoveries.ts";
import { generateLandscape } from "../../../tools/simulate/landscape.ts";
import type { LandscapeServer } from "../landscape-server.ts";
import type { Credentials } from "./mixed-requests.ts";

/** Milliseconds for which a token is used: it is good for 180 seconds. */
const FRESH = 60_000;
const HOSTS = 20;

const lockSchema = z.object({ runtime: z.array(z.int()) });
const tokenSchema = z.object({ access_token: z.string() });
const pageSchema = z.object({
  data: z.array(z.object({ metadata: z.looseObject({ added_tag: z.string().optional() }) })),
  pagination: z.object({ end_cursor: z.string().nullable(), has_next_page: z.boolean() }),
});

export class RunningServer {
  readonly #server: LandscapeServer;
  #token: Promise<string> = Promise.resolve("");
  #since = Number.NEGATIVE_INFINITY;

  constructor(server: LandscapeServer) {
    this.#server = server;
  }

  /** Has a landscape sent to it. */
  async prepare(): Promise<Credentials> {
    const { hosts } = generateLandscape({ hosts: HOSTS, seed: 5 });
    const discoveries = hosts.flatMap((host) => discoveriesOf(host).map((one) => envelopeOf(host, one)));
    await this.#server.post(discoveries, 4);
    return {
      apiKey: this.#server.address.apiKey,
      token: () => this.#freshToken(),
      hostIds: hosts.map(({ id }) => id),
      discoveries,
      room: "/parties/monitoring-room/hosts",
    };
  }

  /** The processes of the runtime. */
  get runtime(): readonly number[] {
    return lockSchema.parse(JSON.parse(readFileSync(join(this.#server.dataDir, "server.lock"), "utf8")))
      .runtime;
  }

  /** Of this process, which is the front, and of the runtime. */
  get openSockets(): number {
    return [process.pid, ...this.runtime].map(socketsOf).reduce((sum, count) => sum + count, 0);
  }

  /** Every tag that the activity log says was added, as often as it says so. */
  async tagsAdded(): Promise<string[]> {
    const found: string[] = [];
    let after = "";
    for (;;) {
      const path = `/api/v1/activity_log?type[]=resource_tagging&first=100${after}`;
      const headers = { Authorization: `Bearer ${await this.#freshToken()}` };
      const answer = await fetch(`${this.#server.address.url}${path}`, { headers });
      const { data, pagination } = pageSchema.parse(await answer.json());
      found.push(
        ...data.flatMap(({ metadata }) => (metadata.added_tag === undefined ? [] : [metadata.added_tag])),
      );
      if (!pagination.has_next_page) return found;
      after = `&after=${pagination.end_cursor}`;
    }
  }

  #freshToken(): Promise<string> {
    if (performance.now() - this.#since < FRESH) return this.#token;
    this.#since = performance.now();
    this.#token = this.#signIn();
    return this.#token;
  }

  async #signIn(): Promise<string> {
    const { url, username, password } = this.#server.address;
    const answer = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username, password }),
    });
    return tokenSchema.parse(await answer.json()).access_token;
  }
}

function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  const kindOf = (descriptor: string) => {
    try {
      return readlinkSync(join(folder, descriptor));
    } catch {
      return "closed meanwhile";
    }
  };
  return readdirSync(folder).filter((descriptor) => kindOf(descriptor).startsWith("socket:")).length;
}
