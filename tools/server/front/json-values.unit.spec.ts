/** How much there is to parse is seen by what stands between the texts. */
import { expect, it } from "vitest";
import { hasTooManyValues } from "./json-values.ts";

it.each([
  ["[1,2,3]", 3],
  ['{"a":{}}', 2],
  ["[[[", 3],
  ['"a,b,[,{"', 0],
  ['["\\",",","]', 2],
  ['["\\\\",1]', 2],
  ["", 0],
])("%s has %d", (text, count) => {
  const bytes = Buffer.from(text);
  const cutAnywhere = [bytes.subarray(0, 3), bytes.subarray(3, 4), bytes.subarray(4)];
  for (const parts of [[bytes], cutAnywhere]) {
    expect(hasTooManyValues(parts, count)).toBe(false);
    expect(hasTooManyValues(parts, count - 1)).toBe(count > 0);
  }
});
