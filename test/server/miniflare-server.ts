/** The product on Miniflare, as earlier versions were self-hosted: its data directory is taken over, and may be taken back. */
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Log, LogLevel, Miniflare, type ModuleDefinition, type Request, Response } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { z } from "zod";
import { build, bundlePath, root } from "../../tools/server/build.ts";
import { issueApiKeyOf } from "../../tools/server/data/api-key.ts";
import { migrate } from "../../tools/server/data/migrate.ts";
import { loadSecrets } from "../../tools/server/data/secrets.ts";
import { Database, type Result, type Statement } from "../../tools/server/runtime/database.ts";

type D1 = Awaited<ReturnType<Miniflare["getD1Database"]>>;

/** D1 of Miniflare, for what expects the server's own. */
class MiniflareDatabase extends Database {
  readonly #d1: D1;

  constructor(d1: D1) {
    super("");
    this.#d1 = d1;
  }

  override async batch(statements: readonly Statement[]): Promise<readonly Result[]> {
    const prepared = statements.map(({ query: { sql, params } }) => this.#d1.prepare(sql).bind(...params));
    const answers = await this.#d1.batch(prepared);
    return answers.map(({ results, meta }) => ({
      results: z.array(z.record(z.string(), z.unknown())).parse(results),
      meta: { changes: meta.changes },
    }));
  }
}

/** The bundle, and what stands beside it. */
function modules(): ModuleDefinition[] {
  const folder = dirname(bundlePath);
  const compiled = readdirSync(folder).filter((name) => name.endsWith(".wasm"));
  return [
    { type: "ESModule", path: bundlePath },
    ...compiled.map((name): ModuleDefinition => ({ type: "CompiledWasm", path: join(folder, name) })),
  ];
}

async function goOut(request: Request): Promise<Response> {
  const { url, method, headers } = request;
  const answer = await fetch(url, {
    method,
    headers: Object.fromEntries(headers),
    body: await request.text(),
  });
  return new Response(null, { status: answer.status });
}

export interface MiniflareServer {
  readonly url: string;
  readonly apiKey: string;
  stop(): Promise<void>;
}

export async function startOnMiniflare(
  dataDir: string,
  password: string,
  variables: Readonly<Record<string, string>>,
): Promise<MiniflareServer> {
  await build(() => {});
  // As an earlier version made it where nobody asked for more.
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const { secrets, markIntroduced } = await loadSecrets(dataDir, password);
  markIntroduced();
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(root, "wrangler.toml"));
  const { modulesRules: _rules, ...worker } = workerOptions;
  const miniflare = new Miniflare({
    ...worker,
    name: "trento-edge",
    modules: modules(),
    modulesRoot: dirname(bundlePath),
    d1Databases: { DB: "trento-edge" },
    bindings: {
      ...worker.bindings,
      ...variables,
      ACCESS_TOKEN_ENC_SECRET: secrets.accessTokenSecret,
      REFRESH_TOKEN_ENC_SECRET: secrets.refreshTokenSecret,
      SETTINGS_ENC_SECRET: secrets.settingsSecret,
      ADMIN_USER: "admin",
      ADMIN_PASSWORD: password,
    },
    serviceBindings: { OUTBOUND: goOut },
    host: "127.0.0.1",
    port: 0,
    d1Persist: join(dataDir, "d1"),
    durableObjectsPersist: join(dataDir, "durable-objects"),
    log: new Log(LogLevel.ERROR),
    cf: false,
    telemetry: { enabled: false },
  });
  const url = (await miniflare.ready).toString().replace(/\/$/, "");
  const database = new MiniflareDatabase(await miniflare.getD1Database("DB"));
  await migrate(database);
  const apiKey = await issueApiKeyOf(database, secrets.accessTokenSecret);
  return { url, apiKey, stop: () => miniflare.dispose() };
}
