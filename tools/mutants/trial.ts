/** Runs specs in a copy of the tree, with a mistake put into it: the checkout itself is never touched. */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { z } from "zod";

/** Milliseconds after which a mistake that makes specs run for ever counts as noticed. */
const LONGEST: Readonly<Record<Project, number>> = { unit: 180_000, workerd: 600_000 };

export type Project = "unit" | "workerd";
/** What noticed it: a test, or that the specs could not be run, or ran for too long; null where nothing did. */
export type Noticed = string | null;

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** The first that failed, of a report of vitest's. */
export function firstFailure(report: string, root: string): string {
  for (const { name, message, assertionResults } of reportSchema.parse(JSON.parse(report)).testResults) {
    const failed = assertionResults.find(({ status }) => status === "failed");
    if (failed === undefined && message === "") continue;
    return `${relative(root, name)} > ${failed?.fullName ?? message.split("\n")[0]}`;
  }
  return "no test: the run ended with an error";
}

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
  run(project: Project, specs: readonly string[]): Promise<Noticed> {
    const vitest = join(this.#origin, "node_modules", "vitest", "vitest.mjs");
    const report = join(this.root, "report.json");
    rmSync(report, { force: true });
    const child = spawn(
      process.execPath,
      [
        ...[vitest, "run", "--project", project, "--bail", "1", "--silent"],
        ...["--reporter", "json", "--outputFile", report, ...specs],
      ],
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
        if (isLate) resolve("no test: it ran for too long");
        else resolve(code === 0 ? null : this.#failureIn(report));
      });
    });
  }

  #failureIn(report: string): string {
    try {
      return firstFailure(readFileSync(report, "utf8"), this.root);
    } catch {
      return "no test: the run ended without a report";
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
