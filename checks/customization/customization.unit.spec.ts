/** What a group may set of a check, and what of it is refused. */
import { describe, expect, it } from "vitest";
import type { CheckDefinition, ValueDeclaration } from "../definition.ts";
import { check } from "../example.spec.ts";
import { selectableCheck } from "./customizable.ts";
import { refusalOf } from "./validate.ts";

function value(name: string, otherwise: ValueDeclaration["default"], disabled = false): ValueDeclaration {
  return { name, default: otherwise, conditions: [], customization_disabled: disabled };
}

const timed = (more: Partial<CheckDefinition> = {}) =>
  check([], {
    values: [
      value("token", 5000),
      value("mode", "sync"),
      value("on", true),
      value("ratio", 1.5),
      value("list", [1]),
      value("map", { a: 1 }),
      value("fixed", 1, true),
    ],
    ...more,
  });

describe("what can be set", () => {
  it("are scalars that are not fixed; what was set is shown beside the default", () => {
    const { values, customizable, customized } = selectableCheck(
      timed(),
      new Map([["token", 30000]]),
      new Map([["token", 20000]]),
    );
    expect(values).toStrictEqual([
      {
        name: "token",
        customizable: true,
        default_value: 5000,
        environment_value: 20000,
        custom_value: 30000,
      },
      { name: "mode", customizable: true, default_value: "sync", environment_value: "sync" },
      { name: "on", customizable: true, default_value: true, environment_value: true },
      { name: "ratio", customizable: true, default_value: 1.5, environment_value: 1.5 },
      { name: "list", customizable: false },
      { name: "map", customizable: false },
      { name: "fixed", customizable: false },
    ]);
    expect({ customizable, customized }).toStrictEqual({ customizable: true, customized: true });
  });

  it("is nothing of a check that is fixed, even if something was set before", () => {
    const fixed = selectableCheck(timed({ customization_disabled: true }), new Map([["token", 30000]]));
    expect(fixed).toMatchObject({ customizable: false, customized: false });
    expect(fixed.values.every((one) => !one.customizable && !("custom_value" in one))).toBe(true);
  });

  it("is nothing of a check without values", () => {
    expect(selectableCheck(check([]), new Map())).toMatchObject({ customizable: false, customized: false });
  });
});

describe("a customisation", () => {
  it.each([
    ["token", 30000],
    ["mode", ""],
    ["on", false],
  ])("of %s with %j is taken", (name, wanted) => {
    expect(refusalOf(timed(), [{ name, value: wanted }])).toBeNull();
  });

  it.each([
    ["of an unknown value", "nothing", 1],
    ["of another type", "token", "30000"],
    ["with a float for a whole number", "token", 1.5],
    ["with a number for a boolean", "on", 1],
    ["of a float", "ratio", 2.5],
    ["of a list", "list", 1],
    ["of a map", "map", 1],
    ["of a fixed value", "fixed", 2],
    ["with a number that no integer holds", "token", 2 ** 60],
  ])("%s is refused, and the value named", (_, name, wanted) => {
    const values = [
      { name: "mode", value: "async" },
      { name, value: wanted },
    ];
    expect(refusalOf(timed(), values)).toStrictEqual({ error: "value_refused", index: 1 });
  });

  it("of a fixed check is refused before its values are looked at", () => {
    expect(refusalOf(timed({ customization_disabled: true }), [])).toStrictEqual({
      error: "check_not_customizable",
    });
  });
});
