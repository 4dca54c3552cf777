/** docs/api.md names every route that is there, and no other. */
import { expect, it } from "vitest";
import { z } from "zod";
import text from "../../docs/api.md?raw";
import { call } from "../../test/api-client.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** `a{b,c}d` is `abd` and `acd`. */
function spelt(path: string): string[] {
  const [, before = "", choices, after = ""] = /^(.*?)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  if (choices === undefined) return [path];
  return choices.split(",").flatMap((choice) => spelt(`${before}${choice}${after}`));
}

/** The rows of the tables whose first column has methods. */
function documented(): string[] {
  return text.split("\n").flatMap((line) => {
    const [, first = "", second = ""] = line.split("|");
    const methods = first.split(",").map((method) => method.trim());
    if (!methods.every((method) => METHODS.includes(method))) return [];
    const paths = [...second.matchAll(/`([^`?]+)[^`]*`/g)].flatMap(([, path = ""]) => spelt(path));
    return methods.flatMap((method) => paths.map((path) => `${method} ${path.replaceAll(/:\w+/g, "{}")}`));
  });
}

it("names every route that is there, and no other", async () => {
  const { paths } = documentSchema.parse((await call("GET", "/api/all/openapi")).body);
  const there = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, "{}")}`),
  );
  expect([...new Set(documented())].sort()).toEqual([...new Set(there)].sort());
});
