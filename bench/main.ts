/** `npm run bench`: every figure beside the unavoidable part, in one run. Ends with 1 where one misses its goal. */
import { availableParallelism } from "node:os";
import { parts, SECONDS } from "./parts.ts";
import { Report } from "./report.ts";
import { startTarget } from "./target.ts";

const asked = process.argv.slice(2);
const unknown = asked.find((name) => parts[name] === undefined);
if (unknown !== undefined) {
  console.error(`there is no part ${unknown}: choose from ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}

console.log(`node ${process.version}, ${availableParallelism()} cores, ${SECONDS} s a round`);
const report = new Report((line) => console.log(line));
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  report.title("");
  // A server of its own for each: what one leaves to be done must not slow down the next.
  const target = await startTarget({ WEBHOOK_ALLOWED_HOSTS: "127.0.0.1" });
  try {
    report.machine();
    await measure(target, report);
  } finally {
    await target.stop();
  }
}
if (report.missed.length > 0) {
  console.error(["", "missed:", ...report.missed.map((name) => `  ${name}`)].join("\n"));
  process.exitCode = 1;
}
