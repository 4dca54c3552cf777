import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./workers/read-models/tables.ts",
  out: "./migrations",
});
