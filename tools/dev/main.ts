/** `npm run dev`: `wrangler dev`, with what it needs made first: the UI, secrets in `.dev.vars`, the tables. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, root } from "../server/build.ts";

const variables = join(root, ".dev.vars");

function wrangler(...args: string[]): void {
  const { status } = spawnSync(join(root, "node_modules/.bin/wrangler"), args, {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

await build((step) => console.log(step));
if (!existsSync(variables)) {
  const secret = () => randomBytes(32).toString("base64url");
  const lines = [
    `ACCESS_TOKEN_ENC_SECRET=${secret()}`,
    `REFRESH_TOKEN_ENC_SECRET=${secret()}`,
    `SETTINGS_ENC_SECRET=${secret()}`,
    "ADMIN_USER=admin",
    `ADMIN_PASSWORD=${secret().slice(0, 16)}`,
  ];
  writeFileSync(variables, `${lines.join("\n")}\n`, { mode: 0o600 });
  console.log("Made .dev.vars: the administrator's password stands there.");
}
wrangler("d1", "migrations", "apply", "DB", "--local");
wrangler("dev", ...process.argv.slice(2));
