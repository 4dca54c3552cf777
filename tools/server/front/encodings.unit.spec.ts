/** What a client takes, and what is worth it. */
import { expect, it } from "vitest";
import { CHEAPEST, encodingFor, isCompressible, SMALLEST } from "./encodings.ts";

it.each([
  [undefined, null],
  ["", null],
  ["gzip", "gzip"],
  ["gzip, deflate, br, zstd", "br"],
  ["br;q=0.5, gzip", "gzip"],
  ["br;q=0, gzip;q=0.1", "gzip"],
  ["BR", "br"],
  ["*", "br"],
  ["*, br;q=0", "gzip"],
  ["gzip;q=0, *;q=0", null],
  ["identity", null],
  ["deflate", null],
  [`gzip;q=${"1".repeat(14_000)}x`, null],
  [`${"x,".repeat(10_000)}gzip`, null],
])("%j is answered in %s", (accepted, expected) => {
  expect(encodingFor(accepted, SMALLEST)).toBe(expected);
});

it.each([
  ["gzip, br", "gzip"],
  ["gzip;q=0.5, br", "br"],
  ["*", "gzip"],
  ["identity", null],
])("%j of what is made while a client waits is answered in %s", (accepted, expected) => {
  expect(encodingFor(accepted, CHEAPEST)).toBe(expected);
});

it.each([
  ["application/json; charset=utf-8", true],
  ["application/problem+json", true],
  ["text/javascript; charset=utf-8", true],
  ["image/svg+xml", true],
  ["application/wasm", true],
  ["image/png", false],
  ["font/woff2", false],
  ["text/event-stream", false],
  ["", false],
])("%s is compressed: %s", (type, expected) => {
  expect(isCompressible(type)).toBe(expected);
});
