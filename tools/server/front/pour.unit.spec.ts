/** What is poured from one connection into another ends on both sides, however it ends. */
import { PassThrough, Readable, Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect, it, vi } from "vitest";
import { pour } from "./pour.ts";

const PATIENT = { timeout: 10_000, interval: 5 };

/** Takes nothing until it is told to. */
class Reader extends Writable {
  readonly taken: Buffer[] = [];
  #goOn: (() => void) | null = null;
  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.taken.push(part);
    this.#goOn = done;
  }
  goOn(): void {
    this.#goOn?.();
  }
}

it("is all there", async () => {
  const to = new PassThrough({ highWaterMark: 10 });
  pour(Readable.from([Buffer.alloc(1_000, 1), Buffer.alloc(1_000, 2)]), to);
  expect(await buffer(to)).toEqual(Buffer.concat([Buffer.alloc(1_000, 1), Buffer.alloc(1_000, 2)]));
});

it("waits for the reader, and gives up one that does not read", async () => {
  const from = new PassThrough();
  const to = new Reader({ highWaterMark: 10 });
  pour(from, to, 50);
  from.write(Buffer.alloc(100));
  await vi.waitFor(() => expect(from.isPaused()).toBe(true), PATIENT);
  to.goOn();
  await vi.waitFor(() => expect(from.isPaused()).toBe(false), PATIENT);
  from.write(Buffer.alloc(100));
  await vi.waitFor(() => expect([from.destroyed, to.destroyed]).toEqual([true, true]), PATIENT);
  expect(to.taken).toHaveLength(2);
});

it.each([
  ["the writer breaks off", (from: PassThrough, _: Reader) => from.destroy()],
  ["the writer fails", (from: PassThrough, _: Reader) => from.destroy(new Error("reset"))],
  ["the reader goes", (_: PassThrough, to: Reader) => to.destroy()],
  ["the reader fails", (_: PassThrough, to: Reader) => to.destroy(new Error("reset"))],
])("when %s both end", async (_, end) => {
  const from = new PassThrough();
  const to = new Reader();
  pour(from, to);
  from.write("x");
  end(from, to);
  await vi.waitFor(() => expect([from.closed, to.closed]).toEqual([true, true]), PATIENT);
});
