import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://localhost:8787";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, "../dist/ui"),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_000,
    // The first of each to know `light-dark()`. For older ones it would be rewritten into variables that only a
    // literal `color-scheme` sets, and Mantine sets it by a variable: every such colour would be lost.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
  },
  server: { proxy: { "/api": server, "/parties": { target: server, ws: true } } },
});
