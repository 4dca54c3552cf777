/** From where a request is said to come. */
import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { clientAddress } from "./client-address.ts";

it.each([
  ["198.51.100.7", undefined, "198.51.100.7"],
  ["198.51.100.7", "203.0.113.1", "198.51.100.7"],
  ["127.0.0.1", undefined, "127.0.0.1"],
  ["127.0.0.1", "203.0.113.1", "203.0.113.1"],
  ["::1", "10.0.0.1, 203.0.113.1", "203.0.113.1"],
  ["::ffff:127.0.0.1", "anything, 2001:db8::7 ", "2001:db8::7"],
  ["127.0.0.1", "unknown", "127.0.0.1"],
  ["127.0.0.1", "x".repeat(1_000), "127.0.0.1"],
  [undefined, "203.0.113.1", ""],
])("by a connection from %s that says %s: %s", (remoteAddress, forwarded, expected) => {
  const request = { socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } };
  expect(clientAddress(request as unknown as IncomingMessage)).toBe(expected);
});
