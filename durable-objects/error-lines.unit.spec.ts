/** What errors make of the log. */
import { beforeEach, describe, expect, it } from "vitest";
import { ErrorLines } from "./error-lines.ts";

let now = 0;
let lines: string[] = [];
let errors: ErrorLines;

beforeEach(() => {
  now = 1_000;
  lines = [];
  errors = new ErrorLines(
    (line) => lines.push(line),
    () => now,
  );
});

function broken(message: string): Error {
  const error = new TypeError(message);
  error.stack = `TypeError: ${message}\n    at first (a.js:1:2)\n    at second (b.js:3:4)`;
  return error;
}

describe("an error", () => {
  it("is one line, with its place", () => {
    errors.tell("GET /x", broken("no\nsuch\u001b[31m thing"));
    errors.tell("GET /y", "only words");
    errors.tell("GET /z", new Error(""));
    expect(lines.slice(0, 2)).toEqual([
      "GET /x: TypeError: no such [31m thing at first (a.js:1:2)",
      "GET /y: only words",
    ]);
    expect(lines[2]).toMatch(/^GET \/z: Error at /);
  });

  it("is short, however long what anybody sent", () => {
    errors.tell(`GET /${"a".repeat(5_000)}`, broken("b".repeat(5_000)));
    expect(lines[0]).toHaveLength(602);
  });

  it("that comes again within a minute is counted, wherever it comes", () => {
    errors.tell("GET /1", broken("same"));
    for (let number = 2; number < 40; number += 1) errors.tell(`GET /${number}`, broken("same"));
    now += 59_999;
    errors.tell("GET /40", broken("same"));
    expect(lines).toHaveLength(1);
    now += 1;
    errors.tell("GET /41", broken("same"));
    expect(lines[1]).toBe("GET /41: TypeError: same at first (a.js:1:2) (39 more since it was told last)");
    now += 60_000;
    errors.tell("GET /42", broken("same"));
    expect(lines[2]).toBe("GET /42: TypeError: same at first (a.js:1:2)");
  });

  it("is not taken for another", () => {
    errors.tell("GET /1", broken("one"));
    errors.tell("GET /1", broken("other"));
    expect(lines).toHaveLength(2);
  });

  it("is remembered as long as there are not too many others", () => {
    for (let number = 0; number < 101; number += 1) errors.tell("GET /", broken(String(number)));
    errors.tell("GET /", broken("100"));
    expect(lines).toHaveLength(101);
    errors.tell("GET /", broken("0"));
    expect(lines).toHaveLength(102);
  });
});
