/** Builders of `ha_cluster_discovery` payloads, and clusters made with them; there is no test in here. */
import { expect } from "vitest";
import type { RegisterOnlineClusterHost } from "../../cluster/commands.ts";
import type { AscsErsDetails, HanaDetails } from "../../cluster/details.ts";
import { agentId, noMemory } from "../examples.spec.ts";
import type { AgentMemory, DiscoveredCommand } from "../policy.ts";
import { haClusterPolicy } from "./index.ts";

type Values = Readonly<Record<string, string>>;
type Changes = Readonly<Record<string, unknown>>;

const pairs = (values: Values) =>
  Object.entries(values).map(([Name, Value], index) => ({ Id: `pair-${index}`, Name, Value }));

export const primitive = (Id: string, Type: string, values: Values = {}) => ({
  Id,
  Type,
  Class: "ocf",
  Provider: "heartbeat",
  InstanceAttributes: pairs(values),
  Operations: [],
});

/** A resource that runs on a node, or stands still. */
export const resource = (Id: string, Agent: string, node: string | null, changes: Changes = {}) => ({
  Id,
  Agent,
  Role: node === null ? "Stopped" : "Started",
  Active: node !== null,
  Orphaned: false,
  Blocked: false,
  Managed: true,
  Failed: false,
  FailureIgnored: false,
  NodesRunningOn: node === null ? 0 : 1,
  Node: node === null ? null : { Id: "1", Name: node, Cached: false },
  ...changes,
});

const flags = { Unclean: false, Standby: false, StandbyOnFail: false, Maintenance: false, Pending: false };
export const node = (Name: string, changes: Changes = {}) => ({
  Id: Name,
  Name,
  Online: true,
  ...flags,
  Shutdown: false,
  ...changes,
});

export const clone = (Id: string, MultiState: boolean, Resources: readonly unknown[]) => ({
  Id,
  MultiState,
  Managed: true,
  Failed: false,
  Unique: false,
  FailureIgnored: false,
  Resources,
});

export const group = (Id: string, Resources: readonly unknown[]) => ({ Id, Managed: true, Resources });

interface Parts {
  readonly properties?: Values;
  /** Below `Resources` of the CIB. */
  readonly configured?: Changes;
  readonly locations?: readonly unknown[];
  readonly nodes?: readonly ReturnType<typeof node>[];
  readonly attributes?: Readonly<Record<string, Values>>;
  readonly history?: readonly unknown[];
  readonly resources?: readonly unknown[];
  readonly clones?: readonly unknown[];
  readonly groups?: readonly unknown[];
  readonly sbd?: unknown;
  /** At the top of the payload. */
  readonly top?: Changes;
}

const stonith = resource("stonith-sbd", "stonith:external/sbd", "one");

export function clusterPayload(parts: Parts = {}) {
  const { properties = {}, configured = {}, locations = [], nodes = [node("one"), node("two")] } = parts;
  const { attributes = {}, history = [], resources = [stonith], clones = [], groups = [] } = parts;
  return {
    Id: "a cluster",
    Name: "the cluster",
    DC: true,
    Provider: "azure",
    State: "S_IDLE",
    Online: true,
    Cib: {
      Configuration: {
        CrmConfig: { ClusterProperties: pairs(properties) },
        Resources: { Primitives: [], Clones: [], Masters: [], Groups: [], ...configured },
        Constraints: { RscLocations: locations },
      },
    },
    Crmmon: {
      Version: "2.1.5",
      Summary: {
        Nodes: { Number: nodes.length },
        Resources: { Number: 7, Blocked: 0, Disabled: 0 },
        LastChange: { Time: "Tue Jan 25 15:36:59 2022" },
      },
      Nodes: nodes,
      Resources: resources,
      Groups: groups,
      Clones: clones,
      NodeHistory: { Nodes: history },
      NodeAttributes: {
        Nodes: Object.entries(attributes).map(([Name, values]) => ({ Name, Attributes: pairs(values) })),
      },
    },
    SBD: parts.sbd ?? {
      Devices: [{ Device: "/dev/sda", Status: "healthy" }],
      Config: { SBD_DEVICE: "/dev/sda" },
    },
    ...parts.top,
  };
}

/** What makes a cluster a HANA cluster set up by hand. */
export const topologyPrimitive = primitive("topology", "SAPHanaTopology", {
  SID: "PRD",
  InstanceNumber: "00",
});
export const hanaPrimitive = primitive("hana", "SAPHana", { SID: "PRD", InstanceNumber: "00" });
const controllerPrimitive = primitive("hana", "SAPHanaController", { SID: "PRD", InstanceNumber: "00" });
const databaseClones = (agent: string) => [
  clone("clone-topology", false, [
    resource("topology", "ocf::suse:SAPHanaTopology", "one"),
    resource("topology", "ocf::suse:SAPHanaTopology", "two"),
  ]),
  clone("clone-hana", true, [
    resource("hana", agent, "one", { Role: "Master" }),
    resource("hana", agent, "two", { Role: "Slave" }),
  ]),
];
const configuredDatabase = (primitives: typeof hanaPrimitive) => ({
  Clones: [{ Id: "clone-topology", Primitive: topologyPrimitive }],
  Masters: [{ Id: "clone-hana", Primitive: primitives }],
});

const replicating = {
  one: {
    hana_prd_site: "NBG",
    hana_prd_roles: "4:P:master1:master:worker:master",
    hana_prd_sync_state: "PRIM",
  },
  two: {
    hana_prd_site: "WDF",
    hana_prd_roles: "4:S:master1:master:worker:master",
    hana_prd_sync_state: "SOK",
  },
};

export const scaleUp = (parts: Parts = {}) =>
  clusterPayload({
    attributes: replicating,
    clones: databaseClones("ocf::suse:SAPHana"),
    ...parts,
    configured: { ...configuredDatabase(hanaPrimitive), ...parts.configured },
  });

const sites = { one: { hana_prd_site: "NBG" }, two: { hana_prd_site: "WDF" } };

export const scaleOut = (parts: Parts = {}) =>
  clusterPayload({
    attributes: sites,
    clones: databaseClones("ocf::suse:SAPHanaController"),
    ...parts,
    configured: { ...configuredDatabase(controllerPrimitive), ...parts.configured },
  });

/** @param topology as the cluster's property tells it */
export const angi = (topology: "ScaleUp" | "ScaleOut", parts: Parts = {}) =>
  scaleOut({ ...parts, properties: { hana_prd_glob_topology: topology, ...parts.properties } });

const instanceOf = (sid: string, name: string, isErs: string) => [
  primitive(`ip_${sid}_${name}`, "IPaddr2", { ip: `10.0.0.${name.slice(-2)}` }),
  primitive(`fs_${sid}_${name}`, "Filesystem", { directory: `/usr/sap/${sid}/${name}` }),
  primitive(`sap_${sid}_${name}`, "SAPInstance", {
    InstanceName: `${sid}_${name}_sap${name}`,
    IS_ERS: isErs,
  }),
];
const runningGroup = (sid: string, name: string, where: string | null) =>
  group(`grp_${sid}_${name}`, [
    resource(`ip_${sid}_${name}`, "ocf::heartbeat:IPaddr2", where),
    resource(`fs_${sid}_${name}`, "ocf::heartbeat:Filesystem", where),
    resource(`sap_${sid}_${name}`, "ocf::heartbeat:SAPInstance", where),
  ]);

/** Central services and their enqueue replication, of one system or several. */
export const centralServices = (parts: Parts = {}, sids: readonly string[] = ["NWP"]) =>
  clusterPayload({
    groups: sids.flatMap((sid) => [runningGroup(sid, "ASCS00", "one"), runningGroup(sid, "ERS10", "two")]),
    ...parts,
    configured: {
      Groups: sids.flatMap((sid) => [
        { Id: `grp_${sid}_ASCS00`, Primitives: instanceOf(sid, "ASCS00", "false") },
        { Id: `grp_${sid}_ERS10`, Primitives: instanceOf(sid, "ERS10", "true") },
      ]),
      ...parts.configured,
    },
  });

export function commandsOf(
  payload: unknown,
  memory: Partial<AgentMemory> = {},
): readonly DiscoveredCommand[] {
  const result = haClusterPolicy(agentId, payload, { ...noMemory, ...memory });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  // What is stored and read again must be the same: nothing undefined, no prototypes, no dates.
  expect(JSON.parse(JSON.stringify(result.commands))).toStrictEqual(result.commands);
  return result.commands;
}

/** The data of the registration that a payload becomes. */
export function registered(payload: unknown): RegisterOnlineClusterHost["data"] {
  const [command] = commandsOf(payload);
  if (command?.type !== "RegisterOnlineClusterHost") throw new Error("the host is not registered as online");
  return command.data;
}

export function hanaOf(payload: unknown): HanaDetails {
  const { details } = registered(payload);
  if (details === null || !("sites" in details)) throw new Error("these are not the details of a database");
  return details;
}

export function centralServicesOf(payload: unknown): AscsErsDetails {
  const { details } = registered(payload);
  if (details === null || "sites" in details)
    throw new Error("these are not the details of central services");
  return details;
}
