/** Numbers that clients written for Trento send as texts: it takes `"25"` for 25. */
import { z } from "zod";

/** @param spelling of those texts that are taken for a number; others are refused as what they are */
export function numberOrText<S extends z.ZodType<number, number>>(schema: S, spelling: RegExp) {
  return z.preprocess(
    (value) => (typeof value === "string" && spelling.test(value) ? Number(value) : value),
    schema,
  );
}
