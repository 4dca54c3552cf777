/** What an agent's accepted commands told, for the policies of its other discoveries and for the end of its host. */
import type { ClusterCommand } from "../../domain/cluster/index.ts";
import type { DatabaseCommand } from "../../domain/database/index.ts";
import type { AgentMemory, RememberedInstance } from "../../domain/discovery/policy.ts";
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

  read(now: string): AgentMemory {
    return {
      now,
      sapRunning: this.#instances.some(({ gone }) => !gone),
      clusterId: this.facts.get("clusterId"),
      movable: this.facts.get("movable"),
      instances: this.#instances,
    };
  }

  /** Learns from a command that was accepted. */
  learn(command: AggregateCommand): void {
    switch (command.type) {
      case "RegisterHost":
        this.facts.set("addresses", command.data.ip_addresses.map(addressOf));
        return;
      case "RegisterOnlineClusterHost":
        this.facts.set("clusterId", command.data.cluster_id);
        this.facts.set("movable", movableInstances(command.data));
        return;
      case "RegisterOfflineClusterHost":
        this.facts.set("clusterId", command.data.cluster_id);
        return;
      case "DeregisterClusterHost":
        this.facts.set("clusterId", null);
        this.facts.set("movable", []);
        return;
      case "RegisterDatabaseInstance":
        this.#attach("database", command.data.database_id, command.data.instance_number, tenantsOf(command));
        return;
      case "RegisterApplicationInstance":
        this.#attach("application", command.data.sap_system_id, command.data.instance_number, []);
        return;
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

  /** Brings the instances of one aggregate in line with what the aggregate says of this host. @returns whether that is news */
  review(
    kind: RememberedInstance["kind"],
    aggregateId: string,
    numbers: readonly string[],
    gone: boolean,
  ): boolean {
    const before = JSON.stringify(this.#instances);
    for (const { instanceNumber } of this.#of(kind, aggregateId)) {
      if (!numbers.includes(instanceNumber)) this.#detach(kind, aggregateId, instanceNumber);
    }
    for (const number of numbers) {
      const known = this.#of(kind, aggregateId).find(({ instanceNumber }) => instanceNumber === number);
      if (known?.gone !== gone) this.#attach(kind, aggregateId, number, known?.tenants ?? [], gone);
    }
    return JSON.stringify(this.#instances) !== before;
  }

  #of(kind: RememberedInstance["kind"], aggregateId: string): AttachedInstance[] {
    return this.#instances.filter((one) => one.kind === kind && one.aggregateId === aggregateId);
  }

  #attach(
    kind: RememberedInstance["kind"],
    aggregateId: string,
    instanceNumber: string,
    tenants: readonly string[],
    gone = false,
  ): void {
    const attached: AttachedInstance = { kind, aggregateId, instanceNumber, gone, tenants };
    const known = this.#of(kind, aggregateId).find((one) => one.instanceNumber === instanceNumber);
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
    this.#instances = this.#instances.filter(
      (one) =>
        !(one.kind === kind && one.aggregateId === aggregateId && one.instanceNumber === instanceNumber),
    );
  }
}

function tenantsOf({ data }: Extract<DatabaseCommand, { type: "RegisterDatabaseInstance" }>): string[] {
  return data.tenants.map(({ name }) => name).sort();
}
