/**
 * A second runtime for what others wrote, scripts of checks and catalogues: it has less of the processor than its neighbours, is ended
 * when it answers nobody or takes too much memory, and is started again.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runtimeModules } from "../build.ts";
import { evaluatorConfig, SOCKET } from "./evaluator-config.ts";
import { SupervisedProcess } from "./supervised-process.ts";
import { type WatchOptions, watch } from "./watchdog.ts";
import { workerd } from "./workerd.ts";
import type { WranglerSettings } from "./wrangler-settings.ts";

export interface EvaluatorOptions {
  readonly wrangler: WranglerSettings;
  readonly bundle: string;
  /** Of its socket and its configuration. */
  readonly runDir: string;
  readonly tell: (line: string) => void;
  readonly log: (line: string) => void;
  readonly onStart?: (pid: number) => void;
  readonly watch?: Pick<WatchOptions, "every" | "silence" | "memory">;
}

export interface EvaluatorProcess {
  /** Path of its socket. */
  readonly address: string;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

const NAME = "the evaluator";
/** Others go first: what can take long waits for what must not. */
const NICENESS = "10";

export async function startEvaluator(options: EvaluatorOptions): Promise<EvaluatorProcess> {
  const { wrangler, bundle, runDir, tell, log, onStart } = options;
  const address = join(runDir, "evaluator.sock");
  const file = join(runDir, "evaluator.capnp");
  const config = evaluatorConfig({ wrangler, bundle, modules: runtimeModules, socket: address });
  const supervised = await SupervisedProcess.start({
    name: NAME,
    command: "nice",
    args: ["-n", NICENESS, workerd, "serve", "--control-fd=3", "--import-path=/", file],
    env: { PATH: process.env.PATH ?? "" },
    sockets: [SOCKET],
    prepare: () => {
      rmSync(address, { force: true });
      writeFileSync(file, config, { mode: 0o600 });
    },
    ...(onStart === undefined ? {} : { onStart }),
    tell,
    log,
  });
  const stopWatch = watch({
    ...options.watch,
    socket: address,
    pid: () => supervised.pid,
    end: (reason) => {
      tell(`${NAME} ${reason}: it is ended`);
      supervised.restart();
    },
  });
  return {
    address,
    get pid() {
      return supervised.pid;
    },
    stop: async () => {
      stopWatch();
      await supervised.stop();
    },
  };
}
