/** `npm run bench`: every figure beside the unavoidable part, in one run. Ends with 1 where one misses its goal. */
import { availableParallelism } from "node:os";
import { freePort } from "../test/server/server-process.ts";
import { readOptions, WrongOption } from "./options.ts";
import { parts, SECONDS } from "./parts.ts";
import { profiled } from "./profile.ts";
import { Report } from "./report.ts";
import { startTarget } from "./target.ts";

const tell = (line: string) => console.log(line);

async function run({ asked, profile }: ReturnType<typeof readOptions>): Promise<void> {
  tell(`node ${process.version}, ${availableParallelism()} cores, ${SECONDS} s a round`);
  const report = new Report(tell);
  for (const [name, measure] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    report.title("");
    const inspector = profile === null ? undefined : `127.0.0.1:${await freePort()}`;
    // A server of its own for each: what one leaves to be done must not slow down the next.
    const target = await startTarget({ WEBHOOK_ALLOWED_HOSTS: "127.0.0.1" }, inspector);
    try {
      report.machine();
      if (inspector === undefined) await measure(target, report);
      else await profiled(inspector, name, () => measure(target, report), tell);
    } finally {
      await target.stop();
    }
  }
  if (report.missed.length === 0) return;
  console.error(["", "missed:", ...report.missed.map((name) => `  ${name}`)].join("\n"));
  process.exitCode = 1;
}

try {
  await run(readOptions(process.argv.slice(2), Object.keys(parts)));
} catch (error) {
  if (!(error instanceof WrongOption)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
