/** `_headers`, as the platform reads it. */
import { expect, it } from "vitest";
import { applyHeaderRules, readHeaderRules } from "./header-rules.ts";

const rules = readHeaderRules(`
# For all
/*
  X-Content-Type-Options: nosniff
  Link: a

/assets/*
  Cache-Control: public, max-age=1
  Link: b
/hosts/:id/checks
  ! Link
  X-Colons: a: b
`);

it.each([
  ["/", { ETag: "1", "X-Content-Type-Options": "nosniff", Link: "a" }],
  [
    "/assets/x.js",
    { ETag: "1", "X-Content-Type-Options": "nosniff", Link: "a, b", "Cache-Control": "public, max-age=1" },
  ],
  ["/hosts/1/checks", { ETag: "1", "X-Content-Type-Options": "nosniff", "X-Colons": "a: b" }],
  ["/hosts/1/2/checks", { ETag: "1", "X-Content-Type-Options": "nosniff", Link: "a" }],
])("%s has %j", (path, expected) => {
  expect(applyHeaderRules(rules, path, { ETag: "1" })).toEqual(expected);
});

it("says what was said before in its own words", () => {
  expect(applyHeaderRules(rules, "/assets/x.js", { "cache-control": "no-cache" })).toMatchObject({
    "Cache-Control": "public, max-age=1",
  });
});
