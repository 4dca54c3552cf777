/** A host that is gone is not among the good ones. */
import { expect, it } from "vitest";
import { hostExample } from "./host-example.ts";
import { withShownHealth } from "./shown-health.ts";

it.each([
  ["passing", "passing", "passing"],
  ["passing", "critical", "critical"],
  ["warning", "critical", "critical"],
  ["unknown", "critical", "critical"],
  ["passing", "unknown", "unknown"],
  ["warning", "unknown", "warning"],
  ["unknown", "passing", "unknown"],
  ["critical", "passing", "critical"],
] as const)("of health %s and heartbeat %s is shown as %s", (health, heartbeat, shown) => {
  const host = hostExample({ health, heartbeat });
  expect(withShownHealth(host)).toEqual({ ...host, health: shown });
});

it("is the same object as long as the host is: each row of a table asks for all hosts, and would compare them field by field", () => {
  const host = hostExample({ heartbeat: "critical" });
  expect(withShownHealth(host)).toBe(withShownHealth(host));
  expect(withShownHealth({ ...host })).not.toBe(withShownHealth(host));
});
