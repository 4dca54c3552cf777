import { defineConfig } from "vitest/config";

/** What is long by nature: real servers at a real clock. `LONG_MINUTES` says how long (30). */
export default defineConfig({
  test: {
    name: "long",
    include: ["test/long/**/*.long.spec.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 24 * 60 * 60_000,
    hookTimeout: 5 * 60_000,
  },
});
