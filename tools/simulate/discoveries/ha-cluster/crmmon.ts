/** The state of a cluster, as the agent reads it from `crm_mon`. */
import { type Cluster, type ClusterNode, controllerOf, isOnline } from "../../model/cluster.ts";
import { agentOf, type Contents, listOrNull, type Placement, type Primitive, placed } from "./resource.ts";

const THRESHOLD = 5000;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As C's `ctime` writes it. */
function timeText(time: Date): string {
  const day = String(time.getUTCDate()).padStart(2);
  const clock = time.toISOString().slice(11, 19);
  return `${DAYS[time.getUTCDay()]} ${MONTHS[time.getUTCMonth()]} ${day} ${clock} ${time.getUTCFullYear()}`;
}

function resourceOf(primitive: Primitive, { node, role }: Placement, isManaged: boolean): unknown {
  return {
    Id: primitive.id,
    Agent: agentOf(primitive),
    Role: role,
    Active: node !== null,
    Orphaned: false,
    Blocked: false,
    Managed: isManaged,
    Failed: false,
    FailureIgnored: false,
    NodesRunningOn: node === null ? 0 : 1,
    Node: node === null ? null : { Id: String(node.id), Name: node.host.hostname, Cached: true },
  };
}

function attributeList(attributes: Readonly<Record<string, string>>): unknown {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

export function crmmonOf(cluster: Cluster, contents: Contents): unknown {
  const { resources } = contents;
  const isManaged = !cluster.isInMaintenance;
  const controller = controllerOf(cluster);
  const all = resources.flatMap(placed);
  const online = cluster.nodes.filter(isOnline);
  const onNode = (node: ClusterNode) => all.filter(({ placement }) => placement.node === node);
  const listed = (one: (typeof resources)[number]) =>
    placed(one).map(({ primitive, placement }) => resourceOf(primitive, placement, isManaged));
  return {
    Version: cluster.pacemakerVersion,
    Summary: {
      Nodes: { Number: cluster.nodes.length },
      Resources: { Number: all.length, Blocked: 0, Disabled: 0 },
      LastChange: { Time: timeText(cluster.writtenAt) },
      ClusterOptions: { StonithEnabled: true },
    },
    Nodes: cluster.nodes.map((node) => ({
      Id: String(node.id),
      Name: node.host.hostname,
      Online: isOnline(node),
      Unclean: false,
      Standby: false,
      StandbyOnFail: false,
      Maintenance: false,
      Pending: false,
      Shutdown: false,
      ExpectedUp: true,
      DC: node === controller,
      ResourcesRunning: onNode(node).length,
      Type: "member",
    })),
    Resources: listOrNull(resources.flatMap((one) => (one.kind === "primitive" ? listed(one) : []))),
    Groups: listOrNull(
      resources.flatMap((one) =>
        one.kind === "group" ? [{ Id: one.id, Managed: isManaged, Resources: listed(one) }] : [],
      ),
    ),
    Clones: listOrNull(
      resources.flatMap((one) => {
        if (one.kind !== "clone" && one.kind !== "master") return [];
        const flags = { Unique: false, Failed: false, FailureIgnored: false };
        return [
          { Id: one.id, MultiState: one.hasRoles, Managed: isManaged, ...flags, Resources: listed(one) },
        ];
      }),
    ),
    NodeHistory: {
      Nodes: online.map((node) => ({
        Name: node.host.hostname,
        ResourceHistory: onNode(node).map(({ primitive }) => ({
          Name: primitive.id,
          FailCount: 0,
          MigrationThreshold: THRESHOLD,
        })),
      })),
    },
    NodeAttributes: {
      Nodes: online.map((node) => ({
        Name: node.host.hostname,
        Attributes: attributeList(contents.attributesOf(node).live),
      })),
    },
  };
}
