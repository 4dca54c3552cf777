/** What stands for long texts. */
import { describe, expect, it } from "vitest";
import { fingerprint } from "./fingerprint.ts";

describe("a fingerprint", () => {
  it("is the text itself where it is short", () => {
    expect(fingerprint("i1")).toBe("i1");
  });

  it("is short, and the same for the same text", () => {
    const long = "x".repeat(200_000);
    expect(fingerprint(long).length).toBeLessThan(40);
    expect(fingerprint(long)).toBe(fingerprint(`${long.slice(1)}x`));
  });

  it("differs for texts that differ in one place, wherever it is, in order or in length", () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => {
      const at = index % 200;
      return `${"x".repeat(at)}${String.fromCharCode(0x100 + Math.floor(index / 200))}${"x".repeat(200 - at)}`;
    });
    texts.push("x".repeat(201), "x".repeat(202), `${"ab".repeat(100)}`, `${"ba".repeat(100)}`);
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
  });
});
