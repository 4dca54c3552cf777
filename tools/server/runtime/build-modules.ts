/** Builds what runs inside the runtime beside the product: each module of `modules/` becomes one file that needs no other. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "vite";

const folder = join(import.meta.dirname, "modules");
const output = join(import.meta.dirname, "../../../dist/runtime");

/** The product's bundle is loaded beside the entry, whichever folder names it. */
const productBeside: Plugin = {
  name: "product-beside",
  enforce: "pre",
  resolveId: (source) =>
    /^\.{1,2}\/index\.js$/.test(source) ? { id: "./index.js", external: true } : undefined,
};

const entries = readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name));

for (const entry of entries) {
  await build({
    configFile: false,
    logLevel: "warn",
    build: {
      outDir: output,
      emptyOutDir: false,
      target: "es2024",
      minify: false,
      lib: { entry: join(folder, entry), formats: ["es"], fileName: () => entry.replace(/\.ts$/, ".js") },
      rollupOptions: { external: [/^cloudflare(-internal)?:/, /^node:/] },
    },
    plugins: [productBeside],
  });
}
