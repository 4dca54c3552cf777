/** Runs specs in a copy of the tree, with a mistake put into it: the checkout itself is never touched. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Milliseconds after which a mistake that makes specs run for ever counts as noticed. */
const LONGEST: Readonly<Record<Project, number>> = { unit: 180_000, workerd: 600_000 };

export type Project = "unit" | "workerd";
export type Outcome = "passed" | "failed" | "late";

export class Copy {
  readonly root: string;
  readonly #origin: string;

  constructor(origin: string, paths: readonly string[]) {
    this.#origin = origin;
    this.root = mkdtempSync(join(tmpdir(), "trento-edge-mutants-"));
    for (const path of paths) {
      mkdirSync(join(this.root, dirname(path)), { recursive: true });
      cpSync(join(origin, path), join(this.root, path));
    }
    symlinkSync(join(origin, "node_modules"), join(this.root, "node_modules"));
  }

  put(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  restore(path: string): void {
    cpSync(join(this.#origin, path), join(this.root, path));
  }

  /** Ends at the first test that fails. */
  run(project: Project, specs: readonly string[]): Promise<Outcome> {
    const vitest = join(this.#origin, "node_modules", "vitest", "vitest.mjs");
    const child = spawn(
      process.execPath,
      [vitest, "run", "--project", project, "--bail", "1", "--silent", "--reporter", "dot", ...specs],
      { cwd: this.root, stdio: "ignore", detached: true },
    );
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        // With the processes that it has started.
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      }, LONGEST[project]);
      child.on("error", reject);
      child.on("exit", (code) => {
        clearTimeout(timer);
        resolve(isLate ? "late" : code === 0 ? "passed" : "failed");
      });
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
