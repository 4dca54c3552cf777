/** Where the processor goes in the runtime's JavaScript while a part of the bench is measured. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../tools/server/build.ts";

/** Microseconds between two samples. */
const INTERVAL = 250;
/** An isolate is sampled only while a thread is in it: the next sample would get all the time between. */
const MOST = 2 * INTERVAL;
const FUNCTIONS = 30;
const NOT_JAVASCRIPT = /^\((?:idle|program|root)\)$/;

const profileSchema = z.object({
  nodes: z.array(
    z.looseObject({
      id: z.int(),
      callFrame: z.object({
        functionName: z.string(),
        url: z.string(),
        lineNumber: z.int(),
        columnNumber: z.int(),
      }),
    }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
});
export type Profile = z.infer<typeof profileSchema>;
type Frame = Profile["nodes"][number]["callFrame"];

const answerSchema = z.object({ id: z.int(), result: z.unknown().optional(), error: z.unknown().optional() });
const targetsSchema = z.array(z.object({ id: z.string(), webSocketDebuggerUrl: z.string() }));

class Inspected {
  readonly id: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #last = 0;

  private constructor(id: string, socket: WebSocket) {
    this.id = id;
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const { id: asked, result, error } = answerSchema.parse(JSON.parse(String(data)));
      const waiting = this.#waiting.get(asked);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(JSON.stringify(error)));
    });
  }

  static async at(id: string, url: string): Promise<Inspected> {
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error(`nobody answers at ${url}`)));
    });
    return new Inspected(id, socket);
  }

  call(method: string, params: object = {}): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close(): void {
    this.#socket.close();
  }
}

/** Milliseconds of each function itself, without what it calls. */
export function selfTimes({ nodes, samples, timeDeltas }: Profile): Map<Frame, number> {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<Frame, number>();
  for (const [at, node] of samples.entries()) {
    const frame = frames.get(node);
    if (frame === undefined) continue;
    times.set(frame, (times.get(frame) ?? 0) + Math.min(timeDeltas[at] ?? 0, MOST) / 1_000);
  }
  return times;
}

function placesOf(map: SourceMap): (frame: Frame) => string {
  return ({ url, lineNumber, columnNumber }) => {
    const found = map.findEntry(lineNumber, columnNumber);
    if ("originalSource" in found && /(?:worker|index)\.js$/.test(url))
      return `${found.originalSource.split("/").slice(-3).join("/")}:${found.originalLine + 1}`;
    return url === "" ? "native" : `${url.split("/").slice(-2).join("/")}:${lineNumber + 1}`;
  };
}

/** @param inspector address of the runtime's inspector */
export async function profiled(
  inspector: string,
  name: string,
  measure: () => Promise<void>,
  tell: (line: string) => void,
): Promise<void> {
  const targets = targetsSchema.parse(await (await fetch(`http://${inspector}/json`)).json());
  const isolates = await Promise.all(
    targets.map(({ id, webSocketDebuggerUrl }) => Inspected.at(id, webSocketDebuggerUrl)),
  );
  for (const isolate of isolates) {
    await isolate.call("Profiler.enable");
    await isolate.call("Profiler.setSamplingInterval", { interval: INTERVAL });
  }
  await Promise.all(isolates.map((isolate) => isolate.call("Profiler.start")));
  await measure();
  const placeOf = placesOf(
    new SourceMap(JSON.parse(readFileSync(join(root, "dist/bench/worker.js.map"), "utf8"))),
  );
  const folder = join(root, "dist/profiles");
  mkdirSync(folder, { recursive: true });
  for (const isolate of isolates) {
    const { profile } = z.object({ profile: profileSchema }).parse(await isolate.call("Profiler.stop"));
    isolate.close();
    const file = join(folder, `${name}-${isolate.id.replaceAll(/\W/g, "_")}.cpuprofile`);
    writeFileSync(file, JSON.stringify(profile));
    const times = [...selfTimes(profile)]
      .filter(([{ functionName }]) => !NOT_JAVASCRIPT.test(functionName))
      .sort(([, one], [, other]) => other - one);
    const busy = times.reduce((sum, [, time]) => sum + time, 0);
    if (busy < 1) continue;
    tell(`${isolate.id}: ${busy.toFixed(0)} ms of JavaScript (${file})`);
    for (const [frame, time] of times.slice(0, FUNCTIONS))
      tell(`  ${time.toFixed(0).padStart(7)} ms  ${frame.functionName || "(anonymous)"}  ${placeOf(frame)}`);
  }
}
