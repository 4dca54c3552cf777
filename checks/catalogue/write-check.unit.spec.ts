/** A check that is written can be read, and is the same. */
import { expect, it } from "vitest";
import { check, expectation } from "../example.spec.ts";
import { ownCatalogue } from "../own-catalogue.ts";
import { readCheck } from "./read-check.ts";
import { writeCheck } from "./write-check.ts";

const odd = check(
  [expectation("true", { failure_message: "a: #b 'c' \"d\"", type: "expect_enum", warning_message: "" })],
  {
    id: "00E123",
    when: 'env.provider == "azure"',
    exclude: "host.x",
    customization_disabled: true,
    metadata: { target_type: "cluster", list: [1, "two", true] },
    facts: [{ name: "f", gatherer: "g@v1", argument: "" }],
    values: [
      {
        name: "v",
        default: ["a"],
        conditions: [{ value: 0, expression: "true" }],
        customization_disabled: true,
      },
      { name: "w", default: false, conditions: [], customization_disabled: false },
    ],
  },
);

it.each([...ownCatalogue.checks, odd])("$id $name", (one) => {
  expect(readCheck(`${one.id}.yaml`, writeCheck(one))).toStrictEqual({ check: one, defects: [] });
});
