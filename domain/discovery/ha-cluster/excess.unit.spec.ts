/** Clusters whose lists are each of a modest size, but which are together more than any cluster is. */
import { describe, expect, it } from "vitest";
import { agentId, noMemory } from "../examples.spec.ts";
import { centralServices, clusterPayload, group, primitive, resource } from "./examples.spec.ts";
import { haClusterPolicy } from "./index.ts";

const answerTo = (payload: unknown) => haClusterPolicy(agentId, payload, noMemory);
const accepted = expect.objectContaining({ ok: true });
const refused = (path: readonly string[], message: string) => ({ ok: false, issues: [{ path, message }] });

describe("resources in groups", () => {
  const running = (groups: number, each: number) => {
    const resources = Array.from({ length: each }, (_, index) => resource(`r-${index}`, "agent", "one"));
    return clusterPayload({
      groups: Array.from({ length: groups }, (_, index) => group(`g-${index}`, resources)),
    });
  };

  it("are at most 5,000 together", () => {
    // One more stands beside the groups.
    expect(answerTo(running(25, 199))).toEqual(accepted);
    expect(answerTo(running(25, 200))).toEqual(refused(["Crmmon"], "should have at most 5000 resources"));
  });
});

describe("SAP systems", () => {
  const named = (count: number) =>
    centralServices(
      {
        configured: {
          Groups: Array.from({ length: count }, (_, index) => ({
            Id: `g-${index}`,
            Primitives: [primitive(`sap-${index}`, "SAPInstance", { InstanceName: `S${index}_ASCS00_host` })],
          })),
        },
      },
      ["S0"],
    );

  it("are at most 100", () => {
    expect(answerTo(named(100))).toEqual(accepted);
    expect(answerTo(named(101))).toEqual(
      refused(["Cib", "Configuration", "Resources"], "should name at most 100 SAP systems"),
    );
  });
});

describe("a group that is listed again and again", () => {
  it("has its resources counted once", () => {
    const { Crmmon, ...payload } = centralServices();
    const { Resources } = payload.Cib.Configuration;
    const Groups = Array.from({ length: 3 }, () => Resources.Groups).flat();
    const repeated = {
      ...payload,
      Crmmon,
      Cib: { Configuration: { ...payload.Cib.Configuration, Resources: { ...Resources, Groups } } },
    };
    const [command] = [answerTo(repeated)].flatMap((result) => (result.ok ? result.commands : []));
    expect(command).toMatchObject({
      data: { details: { sap_systems: [{ nodes: [{ roles: ["ascs"] }, { roles: ["ers"] }] }] } },
    });
  });
});
