/** A cluster as large as clusters get: a HANA scale-up pair that runs many more resources beside its database. */

interface Named {
  readonly Name: string;
  readonly Value: string;
}
const named = (values: Readonly<Record<string, string>>): Named[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
const withIds = (of: string, values: Readonly<Record<string, string>>) =>
  named(values).map((one) => ({ Id: `${of}-${one.Name}`, ...one }));

const NODES = ["large01", "large02"];

function primitive(id: string, type: string, attributes: Readonly<Record<string, string>>) {
  return {
    Id: id,
    Type: type,
    Class: "ocf",
    Provider: "heartbeat",
    InstanceAttributes: withIds(id, attributes),
    MetaAttributes: withIds(id, { "migration-threshold": "5000" }),
    Operations: ["monitor", "start", "stop"].map((Name) => ({
      Id: `${id}-${Name}`,
      Name,
      Role: "",
      Timeout: "60",
      Interval: "10",
    })),
  };
}

function resource(id: string, agent: string, node: string, role = "Started") {
  return {
    Id: id,
    Agent: agent,
    Role: role,
    Active: true,
    Failed: false,
    Blocked: false,
    Managed: true,
    Orphaned: false,
    FailureIgnored: false,
    NodesRunningOn: 1,
    Node: { Id: "1", Name: node, Cached: true },
  };
}

function nodeOf(name: string, index: number) {
  return {
    Id: String(index + 1),
    Name: name,
    DC: index === 0,
    Online: true,
    Unclean: false,
    Standby: false,
    StandbyOnFail: false,
    Maintenance: false,
    Pending: false,
    Shutdown: false,
    ExpectedUp: true,
    ResourcesRunning: 10,
    Type: "member",
  };
}

/** Addresses and file systems in groups, as many as it takes. */
function groupOf(index: number) {
  const id = `g_extra_${index}`;
  const node = NODES[index % NODES.length] ?? "large01";
  const ip = { ip: `10.1.${index >> 8}.${index & 255}`, cidr_netmask: "32", nic: "eth0" };
  const files = {
    device: `/dev/vg/lv${index}`,
    directory: `/data/${index}`,
    fstype: "xfs",
    options: "noatime",
  };
  return {
    configured: {
      Id: id,
      Primitives: [primitive(`${id}_ip`, "IPaddr2", ip), primitive(`${id}_fs`, "Filesystem", files)],
    },
    running: {
      Id: id,
      Managed: true,
      Resources: [
        resource(`${id}_ip`, "ocf::heartbeat:IPaddr2", node),
        resource(`${id}_fs`, "ocf::heartbeat:Filesystem", node),
      ],
    },
    history: [`${id}_ip`, `${id}_fs`].map((Name) => ({ Name, FailCount: 0, MigrationThreshold: 5000 })),
  };
}

function payloadWith(groups: ReturnType<typeof groupOf>[]) {
  const hana = { SID: "LRG", InstanceNumber: "00" };
  const roles = ["4:P:master1:master:worker:master", "4:S:master1:master:worker:master"];
  return {
    Id: "0f2c4d6e8a1b3c5d7e9f",
    Name: "large_cluster",
    DC: true,
    Online: true,
    Provider: "kvm",
    State: "S_IDLE",
    Cib: {
      Configuration: {
        CrmConfig: {
          ClusterProperties: withIds("cib", { "have-watchdog": "true", "stonith-enabled": "true" }),
        },
        Nodes: NODES.map((Uname, index) => ({ Id: String(index + 1), Uname })),
        Constraints: { RscLocations: [] },
        Resources: {
          Primitives: [primitive("stonith-sbd", "external/sbd", { pcmk_delay_max: "30s" })],
          Masters: [{ Id: "msl_hana", Primitive: primitive("rsc_hana", "SAPHana", hana) }],
          Clones: [{ Id: "cln_topology", Primitive: primitive("rsc_topology", "SAPHanaTopology", hana) }],
          Groups: groups.map(({ configured }) => configured),
        },
      },
    },
    Crmmon: {
      Version: "2.1.2",
      Summary: {
        Nodes: { Number: 2 },
        Resources: { Number: 5 + groups.length * 2, Disabled: 0, Blocked: 0 },
        LastChange: { Time: "Mon Nov  2 10:00:00 2026" },
      },
      Nodes: NODES.map(nodeOf),
      Resources: [resource("stonith-sbd", "stonith:external/sbd", "large01")],
      Groups: groups.map(({ running }) => running),
      Clones: [
        {
          Id: "msl_hana",
          Managed: true,
          MultiState: true,
          Resources: NODES.map((node, index) =>
            resource("rsc_hana", "ocf::suse:SAPHana", node, index === 0 ? "Master" : "Slave"),
          ),
        },
        {
          Id: "cln_topology",
          Managed: true,
          MultiState: false,
          Resources: NODES.map((node) => resource("rsc_topology", "ocf::suse:SAPHanaTopology", node)),
        },
      ],
      NodeHistory: {
        Nodes: NODES.map((Name) => ({ Name, ResourceHistory: groups.flatMap(({ history }) => history) })),
      },
      NodeAttributes: {
        Nodes: NODES.map((Name, index) => ({
          Name,
          Attributes: named({
            hana_lrg_roles: roles[index] ?? "",
            hana_lrg_site: index === 0 ? "ONE" : "TWO",
            hana_lrg_srmode: "sync",
            hana_lrg_op_mode: "logreplay",
            hana_lrg_sync_state: index === 0 ? "PRIM" : "SOK",
          }),
        })),
      },
    },
    SBD: { Devices: [{ Device: "/dev/vdc", Status: "healthy" }], Config: { SBD_DEVICE: "/dev/vdc" } },
  };
}

/** @param bytes the least length of the payload as JSON */
export function largeClusterPayload(bytes: number): string {
  const groups: ReturnType<typeof groupOf>[] = [];
  const bytesOfGroup = JSON.stringify(groupOf(0)).length;
  let text = JSON.stringify(payloadWith(groups));
  while (text.length < bytes) {
    const missing = Math.max(1, Math.ceil((bytes - text.length) / (2 * bytesOfGroup)));
    for (let index = 0; index < missing; index += 1) groups.push(groupOf(groups.length));
    text = JSON.stringify(payloadWith(groups));
  }
  return text;
}
