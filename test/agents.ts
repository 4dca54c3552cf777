/** How integration tests play agents: discoveries and heartbeats, straight to the objects. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { DiscoveryType } from "../domain/discovery/envelope.ts";
import type { IntakeOutcome } from "../durable-objects/agent/intake.ts";
import { hostStub } from "../durable-objects/streams.ts";

export const hostPayload = {
  hostname: "vmhdbprd01",
  ip_addresses: ["10.80.1.11"],
  netmasks: [24],
  agent_version: "3.0.0",
  cpu_count: 4,
  total_memory_mb: 32_768,
  socket_count: 1,
  os_version: "15-SP6",
};

export const cloudPayload = { Provider: "kvm", Metadata: null };

export const subscriptionPayload = [
  { identifier: "SLES_SAP", arch: "x86_64", version: "15.6", status: "Registered" },
];

export const saptunePayload = { saptune_installed: false, package_version: "", status: null };

/** A host that is reached at these addresses. */
export function hostAt(...ip_addresses: string[]) {
  return { ...hostPayload, ip_addresses, netmasks: ip_addresses.map(() => 24) };
}

/** What `sapcontrol` tells of one instance of a host. */
export function sapInstance(number: string, features: string, colour = "GREEN", processes: string[] = []) {
  return {
    Host: "vmhdbprd01",
    Name: `I${number}`,
    Type: 1,
    SAPControl: {
      Properties: [
        { property: "SAPSYSTEM", value: number, propertytype: "Attribute" },
        { property: "SAPLOCALHOST", value: `sap${number}`, propertytype: "Attribute" },
      ],
      Instances: [
        {
          features,
          hostname: `sap${number}`,
          httpPort: 50_013,
          httpsPort: 50_014,
          dispstatus: `SAPControl-${colour}`,
          instanceNr: Number(number),
          startPriority: "1",
          currentInstance: true,
        },
      ],
      Processes: processes.map((name) => ({
        pid: 1,
        name,
        dispstatus: "SAPControl-GREEN",
        description: name,
      })),
    },
    SystemReplication: null,
    HdbnsutilSRstate: null,
  };
}

type SapInstance = ReturnType<typeof sapInstance>;

/** A database on one host. */
export function databasePayload(id: string, tenants: string[] = ["PRD"], instance: object = {}) {
  const first: SapInstance = { ...sapInstance("00", "HDB|HDB_WORKER"), ...instance };
  return [
    { Id: id, SID: "PRD", Type: 1, Databases: tenants.map((Database) => ({ Database })), Instances: [first] },
  ];
}

/** Instances of an application on one host. */
export function applicationPayload(address: string, tenant: string, instances: readonly SapInstance[]) {
  return [
    {
      Id: "an application",
      SID: "NWP",
      Type: 2,
      DBAddress: address,
      Profile: { "dbs/hdb/dbname": tenant },
      Databases: null,
      Instances: instances,
    },
  ];
}

export const messageServer = (colour?: string, number = "00") =>
  sapInstance(number, "MESSAGESERVER|ENQUE", colour, ["msg_server", "enserver"]);
export const applicationServer = (colour?: string, number = "01") =>
  sapInstance(number, "ABAP|GATEWAY|ICMAN|IGS", colour);

/** How a site takes part in system replication. */
export function replication(mode: "primary" | "sync", site: 1 | 2) {
  return {
    SystemReplication: { local_site_id: String(site), overall_replication_status: "ACTIVE" },
    HdbnsutilSRstate: {
      mode,
      operation_mode: mode === "primary" ? "primary" : "logreplay",
      site_id: String(site),
      site_name: `Site${site}`,
      active_primary_site: "1",
      "siteMapping/Site1": "Site2",
    },
  };
}

/** How the sites of a chain replicate: each from the one before it, the first from none. Tiers are not told. */
export function chained(site: number) {
  const { SystemReplication, HdbnsutilSRstate } = replication(site === 1 ? "primary" : "sync", 1);
  return {
    SystemReplication: { ...SystemReplication, local_site_id: String(site) },
    HdbnsutilSRstate: {
      ...HdbnsutilSRstate,
      site_id: String(site),
      site_name: `Site${site}`,
      active_primary_site: String(Math.max(site - 1, 1)),
      "siteMapping/Site1": "Site2",
      "siteMapping/Site2": "Site3",
    },
  };
}

interface ToldOfCluster {
  readonly dc?: boolean;
  /** Instances that it moves from host to host, as `<sid>_<name>_<virtual host>`. */
  readonly movable?: readonly string[];
  readonly written?: string;
}

/** A cluster whose type nobody can tell, but which may move instances. */
export function clusterPayload(
  id: string,
  { dc = true, movable = [], written = "then" }: ToldOfCluster = {},
) {
  const primitive = (Id: string, Type: string, Value: string) => ({
    Id,
    Type,
    Class: "ocf",
    Provider: "suse",
    InstanceAttributes: [{ Id, Name: "InstanceName", Value }],
  });
  const Primitives = movable.flatMap((name) => [
    primitive(`start-${name}`, "SAPStartSrv", name),
    primitive(`run-${name}`, "SAPInstance", name),
  ]);
  return {
    Id: id,
    Name: "the cluster",
    DC: dc,
    Provider: "azure",
    State: "S_IDLE",
    Online: true,
    Cib: { Configuration: { Resources: { Primitives, Clones: [], Masters: [], Groups: [] } } },
    Crmmon: {
      Version: "2.1.5",
      Summary: { Nodes: { Number: 2 }, Resources: { Number: 4 }, LastChange: { Time: written } },
    },
  };
}

export const offlineClusterPayload = (id: string) => ({ Id: id, Name: "the cluster", Online: false });

export const sapPayload = databasePayload("e06e328f8d6b0f46c1e66ffcd44d0dd7");

async function digest(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toString(
    "base64",
  );
}

export class TestAgent {
  readonly id = crypto.randomUUID();

  /** A stub whose object stopped is of no use any more. */
  get object() {
    return env.AGENT.getByName(this.id);
  }

  async collect(type: DiscoveryType, payload: unknown): Promise<IntakeOutcome> {
    const body = this.body(type, payload);
    return this.object.collect({
      agentId: this.id,
      type,
      body,
      hash: await digest(body),
      correlationId: "c",
    });
  }

  /** Registers the host, at these addresses where any are given. */
  async register(...addresses: string[]): Promise<this> {
    await this.collect("host_discovery", addresses.length === 0 ? hostPayload : hostAt(...addresses));
    return this;
  }

  async holds(type: DiscoveryType, payload: unknown): Promise<boolean> {
    return this.object.holds(type, await digest(this.body(type, payload)));
  }

  body(discovery_type: DiscoveryType, payload: unknown): string {
    return JSON.stringify({ agent_id: this.id, discovery_type, payload });
  }

  /** Makes the agent's object fail when it is asked to hear again, until it is evicted. */
  async break(): Promise<void> {
    await runInDurableObject(this.object, (instance) => {
      Object.assign(instance, { hearAgain: () => Promise.reject(new Error("the agent is broken")) });
    });
  }

  /** Types of the events of this agent's host, in order. */
  async events(): Promise<string[]> {
    return (await hostStub(env, this.id).readEvents(1)).map(({ type }) => type);
  }

  async hostState() {
    return (await hostStub(env, this.id).stateAt({ version: Number.MAX_SAFE_INTEGER })).state;
  }

  /** Why the last discovery of a type is not applied; null when it is. */
  async reason(type: DiscoveryType): Promise<string | null> {
    const { latest } = await this.object.discoveries();
    return latest.find((discovery) => discovery.type === type)?.reason ?? null;
  }

  async states(): Promise<Record<string, string>> {
    const { latest } = await this.object.discoveries();
    return Object.fromEntries(latest.map(({ type, state }) => [type, state]));
  }
}
