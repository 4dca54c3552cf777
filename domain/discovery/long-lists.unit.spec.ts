/** Lists and objects beyond their limits are refused in one sentence, and nothing in them is looked into. */
import { describe, expect, it } from "vitest";
import { agentId, noMemory } from "./examples.spec.ts";
import { examplesByType } from "./examples-by-type.spec.ts";
import { policies } from "./index.ts";
import { kindOf, kindsOfPlaces, type Path, spoil, TOO_MANY } from "./spoiling.spec.ts";

/** Items that count how often anybody looks into one of them. */
function watched() {
  let looks = 0;
  const look = <T>(answer: (item: object) => T) => {
    return (item: object) => {
      looks += 1;
      return answer(item);
    };
  };
  const item = new Proxy(
    {},
    {
      ownKeys: look((target) => Reflect.ownKeys(target)),
      get: (target, key) => look(() => Reflect.get(target, key))(target),
      getOwnPropertyDescriptor: (target, key) =>
        look(() => Reflect.getOwnPropertyDescriptor(target, key))(target),
    },
  );
  return { items: Array.from({ length: TOO_MANY }, () => item), looks: () => looks };
}

function listsIn(payload: unknown): Path[] {
  return kindsOfPlaces(payload).filter((place) => {
    let isList = false;
    spoil(payload, place, (found) => {
      isList = Array.isArray(found);
      return found;
    });
    return isList;
  });
}

describe.each(examplesByType)("%s, %s", (type, _, payload) => {
  it("answers very long lists in the place of its own by their length alone", () => {
    for (const place of listsIn(payload)) {
      const { items, looks } = watched();
      const result = policies[type](
        agentId,
        spoil(payload, place, () => items),
        noMemory,
      );
      expect([kindOf(place), looks()]).toEqual([kindOf(place), 0]);
      if (result.ok) continue;
      expect(result.issues).toEqual([
        { path: place, message: expect.stringMatching(/^should have at most \d+ items$/) },
      ]);
    }
  });
});

/** Kinds of the lists that are refused when they are too long, with the limits. */
function limits(wanted: string): string[] {
  const found = examplesByType
    .filter(([type]) => type === wanted)
    .flatMap(([type, , payload]) =>
      listsIn(payload).flatMap((place) => {
        const { items } = watched();
        const result = policies[type](
          agentId,
          spoil(payload, place, () => items),
          noMemory,
        );
        return result.ok ? [] : [`${kindOf(place)}: ${result.issues[0]?.message.replace(/\D/g, "")}`];
      }),
    );
  return [...new Set(found)].sort();
}

describe("the lists that are read", () => {
  it("of a cluster", () => {
    expect(limits("ha_cluster_discovery")).toEqual([
      "Cib Configuration Constraints RscLocations: 5000",
      "Cib Configuration CrmConfig ClusterProperties: 2000",
      "Cib Configuration Resources Clones * Primitive InstanceAttributes: 200",
      "Cib Configuration Resources Clones: 250",
      "Cib Configuration Resources Groups * Primitives * InstanceAttributes: 200",
      "Cib Configuration Resources Groups * Primitives: 200",
      "Cib Configuration Resources Groups: 1000",
      "Cib Configuration Resources Masters * Primitive InstanceAttributes: 200",
      "Cib Configuration Resources Masters: 250",
      "Cib Configuration Resources Primitives: 5000",
      "Crmmon Clones * Resources: 1024",
      "Crmmon Clones: 250",
      "Crmmon Groups * Resources: 200",
      "Crmmon Groups: 1000",
      "Crmmon NodeAttributes Nodes * Attributes: 2000",
      "Crmmon NodeAttributes Nodes: 256",
      "Crmmon NodeHistory Nodes * ResourceHistory: 5000",
      "Crmmon NodeHistory Nodes: 256",
      "Crmmon Nodes: 256",
      "Crmmon Resources: 5000",
      "SBD Devices: 100",
    ]);
  });

  it("of systems and databases", () => {
    expect(limits("sap_system_discovery")).toEqual([
      "* Databases: 5000",
      "* Instances * SAPControl Instances: 500",
      "* Instances * SAPControl Processes: 500",
      "* Instances * SAPControl Properties: 1000",
      "* Instances: 100",
    ]);
  });

  it.each(["sap_system_discovery", "subscription_discovery"] as const)("at the top of %s", (type) => {
    const { items, looks } = watched();
    expect(policies[type](agentId, items, noMemory)).toEqual({
      ok: false,
      issues: [{ path: [], message: expect.stringMatching(/^should have at most \d+ items$/) }],
    });
    expect(looks()).toBe(0);
  });
});
