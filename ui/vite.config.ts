import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = "http://localhost:8787";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: join(import.meta.dirname, "../dist/ui"), emptyOutDir: true, chunkSizeWarningLimit: 1_000 },
  server: { proxy: { "/api": server, "/parties": { target: server, ws: true } } },
});
