/** What an agent's accepted commands told, for the policies of its other discoveries and for the end of its host. */
import type { ClusterCommand } from "../../domain/cluster/index.ts";
import type { DatabaseCommand } from "../../domain/database/index.ts";
import type { AgentMemory, RememberedInstance } from "../../domain/discovery/policy.ts";
import type { RegisterApplicationInstance } from "../../domain/sap-system/commands.ts";
import type { AggregateCommand } from "../streams.ts";
import { Facts } from "./facts.ts";

export interface AttachedInstance extends RememberedInstance {
  /** Whether what it is part of is deregistered. */
  readonly gone: boolean;
  /** Of a database. */
  readonly tenants: readonly string[];
}

type InstanceRow = {
  kind: RememberedInstance["kind"];
  aggregate_id: string;
  instance_number: string;
  gone: number;
  tenants: string;
};

function addressOf(ipWithMask: string): string {
  return ipWithMask.split("/")[0] ?? ipWithMask;
}

function movableInstances(data: Extract<ClusterCommand, { type: "RegisterOnlineClusterHost" }>["data"]) {
  return data.sap_instances
    .filter(({ mounted }) => mounted)
    .map(({ sid, instance_number }) => `${sid}/${instance_number}`)
    .sort();
}

export class Memory {
  readonly facts: Facts;
  readonly #sql: SqlStorage;
  #instances: AttachedInstance[];

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.facts = new Facts(sql);
    this.#instances = sql
      .exec<InstanceRow>("SELECT * FROM instances")
      .toArray()
      .map((row) => ({
        kind: row.kind,
        aggregateId: row.aggregate_id,
        instanceNumber: row.instance_number,
        gone: row.gone === 1,
        tenants: JSON.parse(row.tenants),
      }));
  }

  get instances(): readonly AttachedInstance[] {
    return this.#instances;
  }

  /** At which others may look for the host's databases. */
  get addresses(): string[] {
    return [...this.facts.get("addresses"), ...this.facts.get("furtherAddresses")];
  }

  read(now: string): AgentMemory {
    return {
      now,
      sapRunning: this.#instances.some(({ gone }) => !gone),
      clusterId: this.facts.get("clusterId"),
      movable: this.facts.get("movable"),
      instances: this.#instances,
    };
  }

  /** Learns from a command that was accepted, and from the types of its events. */
  learn(command: AggregateCommand, events: readonly string[] = []): void {
    switch (command.type) {
      case "RegisterHost":
        this.facts.set("registered", true);
        this.facts.set("addresses", command.data.ip_addresses.map(addressOf));
        return;
      case "DeregisterHost":
        this.facts.set("registered", false);
        return;
      case "RegisterOnlineClusterHost":
        this.facts.set("clusterId", command.data.cluster_id);
        this.facts.set("movable", movableInstances(command.data));
        this.facts.set("controls", command.data.designated_controller);
        return;
      case "RegisterOfflineClusterHost":
        this.facts.set("clusterId", command.data.cluster_id);
        this.facts.set("controls", false);
        return;
      case "DeregisterClusterHost":
        this.facts.set("clusterId", null);
        this.facts.set("controls", false);
        this.facts.set("movable", []);
        return;
      case "RegisterDatabaseInstance":
        this.#attach("database", command.data.database_id, command.data.instance_number, tenantsOf(command));
        return;
      case "RegisterApplicationInstance": {
        const { sap_system_id, instance_number } = command.data;
        this.#attach("application", sap_system_id, instance_number, [], this.#isStillGone(command, events));
        return;
      }
      case "DeregisterDatabaseInstance":
        this.#detach("database", command.data.database_id, command.data.instance_number);
        return;
      case "DeregisterApplicationInstance":
        this.#detach("application", command.data.sap_system_id, command.data.instance_number);
        return;
      default:
        return;
    }
  }

  /** An instance that reports does not bring back a system that lacks others. */
  #isStillGone({ data }: RegisterApplicationInstance, events: readonly string[]): boolean {
    const isBack = events.some(
      (type) => type === "SapSystemRestored" || type === "ApplicationInstanceRegistered",
    );
    return !isBack && this.#find("application", data.sap_system_id, data.instance_number)?.gone === true;
  }

  /**
   * Brings the instances of one aggregate in line with what the aggregate says of this host.
   * @returns numbers of those that left the host; null when there is no news
   */
  review(
    kind: RememberedInstance["kind"],
    aggregateId: string,
    numbers: readonly string[],
    gone: boolean,
  ): string[] | null {
    const before = JSON.stringify(this.#instances);
    const left = this.#instances
      .filter((one) => one.kind === kind && one.aggregateId === aggregateId)
      .map(({ instanceNumber }) => instanceNumber)
      .filter((number) => !numbers.includes(number));
    for (const number of left) this.#detach(kind, aggregateId, number);
    for (const number of numbers) {
      const known = this.#find(kind, aggregateId, number);
      if (known?.gone !== gone) this.#attach(kind, aggregateId, number, known?.tenants ?? [], gone);
    }
    return JSON.stringify(this.#instances) === before ? null : left;
  }

  #find(
    kind: RememberedInstance["kind"],
    aggregateId: string,
    instanceNumber: string,
  ): AttachedInstance | undefined {
    return this.#instances.find(
      (one) => one.kind === kind && one.aggregateId === aggregateId && one.instanceNumber === instanceNumber,
    );
  }

  #attach(
    kind: RememberedInstance["kind"],
    aggregateId: string,
    instanceNumber: string,
    tenants: readonly string[],
    gone = false,
  ): void {
    const attached: AttachedInstance = { kind, aggregateId, instanceNumber, gone, tenants };
    const known = this.#find(kind, aggregateId, instanceNumber);
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(attached)) return;
    this.#sql.exec(
      "INSERT OR REPLACE INTO instances (kind, aggregate_id, instance_number, gone, tenants) VALUES (?, ?, ?, ?, ?)",
      kind,
      aggregateId,
      instanceNumber,
      gone ? 1 : 0,
      JSON.stringify(tenants),
    );
    this.#instances = [...this.#instances.filter((one) => one !== known), attached];
  }

  #detach(kind: RememberedInstance["kind"], aggregateId: string, instanceNumber: string): void {
    this.#sql.exec(
      "DELETE FROM instances WHERE kind = ? AND aggregate_id = ? AND instance_number = ?",
      kind,
      aggregateId,
      instanceNumber,
    );
    const known = this.#find(kind, aggregateId, instanceNumber);
    this.#instances = this.#instances.filter((one) => one !== known);
  }
}

function tenantsOf({ data }: Extract<DatabaseCommand, { type: "RegisterDatabaseInstance" }>): string[] {
  return data.tenants.map(({ name }) => name).sort();
}
