/** Bundles the Worker of these tests, and the runtime's modules that they are about. */
import { join } from "node:path";
import { build } from "vite";

const modules = join(import.meta.dirname, "../../../tools/server/runtime/modules");

async function bundle(entry: string, folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: "es2024",
      minify: false,
      lib: { entry, formats: ["es"], fileName: (_format, name) => `${name}.js` },
      rollupOptions: { external: [/^cloudflare:/, /^node:/] },
    },
  });
}

export async function buildInto(folder: string): Promise<void> {
  const own = ["worker.ts", "self-hosted.ts"].map((name) => join(import.meta.dirname, "worker", name));
  const ofRuntime = ["queues.ts", "queue-binding.ts", "database.ts", "database-binding.ts"].map((name) =>
    join(modules, name),
  );
  for (const entry of [...own, ...ofRuntime]) await bundle(entry, folder);
}
