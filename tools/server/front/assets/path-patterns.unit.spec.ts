/** Which paths are the Worker's. */
import { expect, it } from "vitest";
import { pathsOf } from "./path-patterns.ts";

const isOfTheWorker = pathsOf(["/api/*", "/metrics", "!/api/docs/*"]);

it.each([
  ["/api/", true],
  ["/api/v1/hosts", true],
  ["/api", false],
  ["/apis/x", false],
  ["/x/api/", false],
  ["/metrics", true],
  ["/metrics/", false],
  ["/api/docs/x", false],
])("%s: %s", (path, expected) => {
  expect(isOfTheWorker(path)).toBe(expected);
});
