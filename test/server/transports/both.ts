/** Both transports with the same Worker and one listener each. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildInto } from "./build.ts";
import { Listener } from "./listener.ts";
import { SelfHosted } from "./self-hosted.ts";
import { startSimulated } from "./simulated.ts";
import type { Transport } from "./transport.ts";

export const NAMES = ["simulated", "self-hosted"] as const;
export type Name = (typeof NAMES)[number];

export interface Side {
  readonly transport: Transport;
  readonly listener: Listener;
}

export class Both {
  readonly folder = mkdtempSync(join(tmpdir(), "trento-edge-transports-"));
  readonly #sides = new Map<Name, Side>();

  async start(names: readonly Name[] = NAMES): Promise<void> {
    await buildInto(this.folder);
    for (const name of names) {
      const listener = await Listener.start();
      const transport =
        name === "simulated"
          ? await startSimulated(this.folder, listener.url)
          : await this.#selfHosted(listener);
      this.#sides.set(name, { transport, listener });
    }
  }

  #selfHosted(listener: Listener): Promise<SelfHosted> {
    const data = join(this.folder, "data");
    mkdirSync(data);
    return SelfHosted.start(this.folder, data, listener.url);
  }

  of(name: Name): Side {
    const side = this.#sides.get(name);
    if (side === undefined) throw new Error(`${name} was not started`);
    return side;
  }

  get selfHosted(): SelfHosted {
    const { transport } = this.of("self-hosted");
    if (!(transport instanceof SelfHosted)) throw new Error("the wrong transport");
    return transport;
  }

  async stop(): Promise<void> {
    for (const { transport, listener } of this.#sides.values()) {
      await transport.stop();
      await listener.stop();
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
