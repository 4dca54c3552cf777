/** How good it is, what a cluster says of its parts. */
import { describe, expect, it } from "vitest";
import {
  healthOfDevice,
  healthOfHana,
  healthOfNode,
  healthOfReplication,
  healthOfResource,
  healthOfSync,
} from "./cluster-health.ts";

describe("what is said", () => {
  it.each([
    [healthOfNode, "Online", "passing"],
    [healthOfNode, "Maintenance", "warning"],
    [healthOfNode, "Offline", "critical"],
    [healthOfNode, "Unclean", "critical"],
    [healthOfNode, "something new", "unknown"],
    [healthOfResource, "Active", "passing"],
    [healthOfResource, "Failed", "critical"],
    [healthOfResource, "Orphaned", "warning"],
    [healthOfResource, "something new", "unknown"],
    [healthOfSync, "SOK", "passing"],
    [healthOfSync, "SFAIL", "critical"],
    [healthOfSync, "Unknown", "unknown"],
    [healthOfReplication, "4", "passing"],
    [healthOfReplication, "1", "critical"],
    [healthOfReplication, "Unknown", "unknown"],
  ])("%o of %s is %s", (judge, said, health) => {
    expect(judge(said)).toBe(health);
  });

  it("of a site and of a device is judged", () => {
    expect((["Primary", "Secondary", "Failed", "Unknown"] as const).map(healthOfHana)).toEqual([
      "passing",
      "passing",
      "critical",
      "unknown",
    ]);
    expect(healthOfDevice({ device: "/dev/sda", status: "healthy" })).toBe("passing");
    expect(healthOfDevice({ device: "/dev/sda", status: "unhealthy" })).toBe("critical");
  });
});
