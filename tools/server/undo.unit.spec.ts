/** What was set up is taken down in the other order, all of it, once. */
import { expect, it } from "vitest";
import { Undo } from "./undo.ts";

it("takes every step once, the last first, and tells of the first that failed", async () => {
  const taken: number[] = [];
  const undo = new Undo();
  undo.add(() => void taken.push(1));
  undo.add(async () => {
    taken.push(2);
    throw new Error("second");
  });
  undo.add(() => {
    taken.push(3);
    throw new Error("third");
  });
  await expect(undo.all()).rejects.toThrow("third");
  await expect(undo.all()).rejects.toThrow("third");
  expect(taken).toEqual([3, 2, 1]);
});
