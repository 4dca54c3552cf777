/** Runs specs in a copy of the tree, with a mistake put into it: the checkout itself is never touched. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { answerSchema, type Failure, type Wish } from "./specs.ts";

/** Milliseconds after which a mistake that makes specs run for ever counts as noticed. */
const LONGEST: Readonly<Record<Project, number>> = { unit: 180_000, workerd: 600_000 };

export type Project = "unit" | "workerd";

/** The process that runs the specs of a project, started when it is first needed, and anew when it had to be ended. */
class Runner {
  readonly #project: Project;
  readonly #root: string;
  readonly #longest: number;
  #child: Promise<ChildProcess> | null = null;

  constructor(project: Project, root: string, longest: number) {
    this.#project = project;
    this.#root = root;
    this.#longest = longest;
  }

  async run(wish: Wish): Promise<Failure | null> {
    this.#child ??= this.#start();
    const child = await this.#child;
    const stopped = new AbortController();
    const late = setTimeout(() => stopped.abort(), this.#longest);
    const ended = once(child, "exit", { signal: stopped.signal }).then(() => stopped.abort());
    try {
      child.send(wish);
      const [answer] = await once(child, "message", { signal: stopped.signal });
      return answerSchema.parse(answer).failure;
    } catch {
      this.end();
      return { spec: null, what: "the specs ran for too long, or ended the process" };
    } finally {
      clearTimeout(late);
      stopped.abort();
      await ended.catch(() => {});
    }
  }

  end(): void {
    const child = this.#child;
    this.#child = null;
    // With the processes that it has started.
    child?.then(({ pid, exitCode }) => {
      if (pid === undefined || exitCode !== null) return;
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
        // It has just ended by itself.
      }
    }, console.error);
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, "specs.ts"), [this.#project], {
      cwd: this.#root,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      detached: true,
    });
    await Promise.race([
      once(child, "message"),
      once(child, "exit").then(() => {
        throw new Error(`the specs of ${this.#project} cannot be run`);
      }),
    ]);
    return child;
  }
}

export class Copy {
  readonly root: string;
  readonly #origin: string;
  readonly #runners: Readonly<Record<Project, Runner>>;
  /** What each project has not been told of. */
  readonly #changed: Readonly<Record<Project, Set<string>>> = { unit: new Set(), workerd: new Set() };

  constructor(origin: string, paths: readonly string[], longest = LONGEST) {
    this.#origin = origin;
    this.root = mkdtempSync(join(tmpdir(), "trento-edge-mutants-"));
    for (const path of paths) {
      mkdirSync(join(this.root, dirname(path)), { recursive: true });
      cpSync(join(origin, path), join(this.root, path));
    }
    symlinkSync(join(origin, "node_modules"), join(this.root, "node_modules"));
    this.#runners = {
      unit: new Runner("unit", this.root, longest.unit),
      workerd: new Runner("workerd", this.root, longest.workerd),
    };
  }

  put(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
    this.#noteChange(path);
  }

  restore(path: string): void {
    cpSync(join(this.#origin, path), join(this.root, path));
    this.#noteChange(path);
  }

  /** Ends at the first test that fails. @returns null where none does */
  run(project: Project, specs: readonly string[]): Promise<Failure | null> {
    const changed = [...this.#changed[project]];
    this.#changed[project].clear();
    return this.#runners[project].run({ specs: [...specs], changed });
  }

  remove(): void {
    for (const runner of Object.values(this.#runners)) runner.end();
    rmSync(this.root, { recursive: true, force: true });
  }

  #noteChange(path: string): void {
    for (const changed of Object.values(this.#changed)) changed.add(path);
  }
}
