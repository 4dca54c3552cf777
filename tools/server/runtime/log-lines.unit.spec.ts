/** A flood of lines is cut, and it is said. */
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { LogLines } from "./log-lines.ts";

it("passes on so many lines in a while, and says afterwards how many it left out", () => {
  const told: string[] = [];
  const lines = new LogLines((line) => told.push(line));
  for (let count = 0; count < 1_000; count += 1) lines.add(`line ${count}`, 1_000 + count);
  expect(told).toHaveLength(200);
  lines.add("later", 20_000);
  expect(told.slice(199)).toEqual(["line 199", "(800 more lines were left out)", "later"]);
});

it("puts lines together that come in parts, and tells a last one without an end", async () => {
  const told: string[] = [];
  const stream = new PassThrough();
  new LogLines((line) => told.push(line)).hear(stream);
  for (const part of ["one\ntw", "o\n", Buffer.from("žl").subarray(0, 1), Buffer.from("žl").subarray(1)])
    stream.write(part);
  stream.end();
  await expect.poll(() => told).toEqual(["one", "two", "žl"]);
});

it("cuts a line that is too long, and does not wait for its end", () => {
  const told: string[] = [];
  const stream = new PassThrough();
  new LogLines((line) => told.push(line)).hear(stream);
  stream.write("x".repeat(9_000));
  expect(told).toEqual([`${"x".repeat(8_000)} … (9000 characters)`]);
});
