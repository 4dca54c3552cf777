/** Another Worker than the product's, built as that is. */
import { execFile } from "node:child_process";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");

/** @param entry path from the root. @returns path of the bundle */
export async function buildWorker(entry: string, folder: string): Promise<string> {
  await promisify(execFile)(
    join(root, "node_modules/.bin/wrangler"),
    ["deploy", entry, "--dry-run", "--outdir", folder],
    { cwd: root, env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false" } },
  );
  return join(folder, basename(entry).replace(/\.ts$/, ".js"));
}
