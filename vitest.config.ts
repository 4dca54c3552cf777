import { mkdirSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { kCurrentWorker } from "miniflare";
import { defineConfig } from "vitest/config";

// The folder of the built UI must be there for the configuration to be read; tests of the API need nothing in it.
mkdirSync("dist/ui", { recursive: true });

const ignored = ["**/node_modules/**", "**/dist/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.unit.spec.ts"],
          exclude: ignored,
          environment: "node",
          // The machine may be busy.
          testTimeout: 30_000,
        },
      },
      {
        // Real workerd: Durable Objects with SQLite, D1, queues and alarms.
        plugins: [
          cloudflareTest(async () => ({
            main: "./test/worker.ts",
            wrangler: { configPath: "./wrangler.toml" },
            additionalExports: { Evaluator: "WorkerEntrypoint" },
            miniflare: {
              // The Worker's own evaluator, over RPC: by another name, so that whoever wants it says so.
              serviceBindings: { EVALUATOR_OF_TESTS: { name: kCurrentWorker, entrypoint: "Evaluator" } },
              durableObjects: { COUNTER: { className: "CounterObject", useSQLite: true } },
              bindings: {
                // No deployment: else whoever comes first has everything looked at, in the midst of what is tested.
                CF_VERSION_METADATA: { id: "", tag: "", timestamp: "" },
                MIGRATIONS: await readD1Migrations("./migrations"),
                ACCESS_TOKEN_ENC_SECRET: "a secret for tests alone",
                REFRESH_TOKEN_ENC_SECRET: "another secret for tests alone",
                SETTINGS_ENC_SECRET: "a third secret for tests alone",
                ADMIN_PASSWORD: "a password for tests alone",
              },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: ["**/*.int.spec.ts"],
          exclude: ignored,
          // The machine may be busy: what is polled for mostly comes within milliseconds, and may take longer.
          testTimeout: 60_000,
          expect: { poll: { timeout: 30_000 } },
          setupFiles: ["./test/apply-migrations.ts"],
        },
      },
      {
        // A real server, started as a person would, and killed as nobody should.
        test: {
          name: "server",
          include: ["test/server/**/*.e2e.spec.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.browser.spec.ts"],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
