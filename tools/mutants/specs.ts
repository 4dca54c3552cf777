/**
 * Runs specs of one project, again and again: started anew for each mistake, Vitest would spend most of its time on starting. A
 * process of its own, since it can be ended when a mistake makes specs run for ever.
 */
import { resolve } from "node:path";
import { createVitest } from "vitest/node";
import { z } from "zod";

/** What noticed a mistake: the first test that failed. */
export interface Failure {
  /** Null where the specs could not be run, or ran for too long. */
  readonly spec: string | null;
  readonly what: string;
}

export const wishSchema = z.object({
  specs: z.array(z.string()),
  /** Files that are not as they were when specs were run last. */
  changed: z.array(z.string()),
});
export type Wish = z.infer<typeof wishSchema>;

export const answerSchema = z.object({
  failure: z.object({ spec: z.string().nullable(), what: z.string() }).nullable(),
});

type Vitest = Awaited<ReturnType<typeof createVitest>>;

async function run(vitest: Vitest, { specs, changed }: Wish): Promise<Failure | null> {
  for (const path of changed) vitest.invalidateFile(resolve(path));
  const found = await vitest.globTestSpecifications(specs);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(found);
  for (const module of testModules) {
    const { relativeModuleId: spec } = module;
    // Others are as they were when they were run last.
    if (!specs.includes(spec)) continue;
    const [test] = module.children.allTests("failed");
    if (test !== undefined) return { spec, what: `${spec} > ${test.fullName}` };
    const [error] = module.errors();
    if (error !== undefined || module.state() === "failed")
      return { spec, what: `${spec} > ${error?.message.split("\n")[0] ?? "could not be run"}` };
  }
  return unhandledErrors.length === 0 ? null : { spec: null, what: "the run ended with an error" };
}

/** @param project as in vitest.config.ts; the root is where the process runs */
async function main(project: string): Promise<void> {
  const vitest = await createVitest("test", {
    project,
    watch: false,
    bail: 1,
    silent: true,
    reporters: [{}],
  });
  process.on("message", async (message) => {
    const failure = await run(vitest, wishSchema.parse(message)).catch((error: unknown) => ({
      spec: null,
      what: String(error),
    }));
    process.send?.({ failure });
  });
  // Who asked is gone.
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
}

const [, , project] = process.argv;
if (import.meta.main && project !== undefined) await main(project);
