/** What the product takes from the runtime without asking for it: replaced while a seed runs. */
import { createHash, createHmac } from "node:crypto";
import type { World } from "./world.ts";

const RealDate = Date;
const realConsole = console;
let world: World | null = null;

class SimulatedDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(world?.wall() ?? RealDate.now());
    else super(...(given as [number]));
  }

  static override now(): number {
    return world?.wall() ?? RealDate.now();
  }
}

function current(): World {
  if (world === null) throw new Error("no seed runs");
  return world;
}

function randomBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => current().random.whole(0, 255));
}

function uuid(): string {
  const hex = Buffer.from(randomBytes(16)).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const simulatedCrypto = {
  randomUUID: uuid,
  getRandomValues: (into: Uint8Array) => {
    into.set(randomBytes(into.length));
    return into;
  },
  // The runtime's own uses threads: which of them ends first is nobody's seed.
  subtle: {
    digest: async (_: string, bytes: Uint8Array) => {
      const made = createHash("sha256").update(bytes).digest();
      return made.buffer.slice(made.byteOffset, made.byteOffset + made.byteLength);
    },
    importKey: async (_: string, key: Uint8Array) => ({ key }),
    sign: async (_: string, { key }: { key: Uint8Array }, bytes: Uint8Array) =>
      createHmac("sha256", key).update(bytes).digest(),
  },
};

const quiet = new Proxy(realConsole, {
  get: (target, name) =>
    name === "warn" || name === "error" || name === "log" ? note : Reflect.get(target, name),
});

function note(...said: unknown[]): void {
  const [first, second] = said;
  current().trace(
    `SAYS ${String(first).slice(0, 200)}${second instanceof Error ? ` ${second.message.slice(0, 200)}` : ""}`,
  );
}

function put(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

export function enter(entered: World): void {
  world = entered;
  put("Date", SimulatedDate);
  put("crypto", simulatedCrypto);
  put("scheduler", {
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        const { party } = current();
        current().after(milliseconds, `pause of ${party.name}`, () => {
          if (party.alive) resolve();
        });
      }),
  });
  put("console", quiet);
  Math.random = () => current().random.next();
  AbortSignal.timeout = () => new AbortController().signal;
  put("WebSocket", { READY_STATE_OPEN: 1 });
  put("WebSocketRequestResponsePair", class {});
}

export function tell(...said: unknown[]): void {
  realConsole.log(...said);
}
