/** What the rules make of what agents send: policies and aggregates, in memory; there is no test in here. */
import { cluster } from "../../domain/cluster/index.ts";
import { database } from "../../domain/database/index.ts";
import type { Command, Decider, DomainEvent } from "../../domain/decider.ts";
import { sapSystemIdOf } from "../../domain/discovery/ids.ts";
import { policies } from "../../domain/discovery/index.ts";
import type {
  AgentMemory,
  DiscoverApplicationInstance,
  DiscoveredCommand,
  RememberedInstance,
} from "../../domain/discovery/policy.ts";
import { sapSystem } from "../../domain/sap-system/index.ts";
import { discoveriesOf, envelopeOf } from "./discoveries.ts";
import type { SimulatedHost } from "./model/host.ts";

const NOW = "2026-11-01T00:00:00Z";

/** All aggregates of one kind, by id. */
class Aggregates<S, C extends Command, E extends DomainEvent, Refusal extends string> {
  readonly states = new Map<string, S>();
  readonly #decider: Decider<S, C, E, Refusal>;

  constructor(decider: Decider<S, C, E, Refusal>) {
    this.#decider = decider;
  }

  /** A refusal is no failure: what is sent again later may be accepted then. */
  handle(id: string, command: C): void {
    const before = this.states.get(id) ?? this.#decider.initialState();
    const decision = this.#decider.decide(command, before);
    if (!decision.ok) return;
    const after = decision.events.reduce((state, event) => this.#decider.evolve(state, event), before);
    this.states.set(id, after);
  }
}

export class ControlPlane {
  readonly addresses = new Map<string, readonly string[]>();
  readonly clusters = new Aggregates(cluster);
  readonly databases = new Aggregates(database);
  readonly systems = new Aggregates(sapSystem);
  /** Virtual host names, by id of the system and number. */
  readonly hostnames = new Map<string, string>();
  /** Discoveries that no policy could read. */
  readonly refused: string[] = [];
  readonly #movable = new Map<string, readonly string[]>();

  /** All that the agent of a host has to tell; nothing while the host is down. */
  report(host: SimulatedHost): void {
    if (host.isDown) return;
    const memory = this.#memoryOf(host.id);
    for (const discovery of discoveriesOf(host)) {
      const { payload } = JSON.parse(envelopeOf(host, discovery));
      const result = policies[discovery.type](host.id, payload, {
        ...memory,
        movable: this.#movable.get(host.id) ?? [],
      });
      if (!result.ok)
        this.refused.push(`${host.hostname} ${discovery.type} ${JSON.stringify(result.issues)}`);
      else for (const command of result.commands) this.#dispatch(command);
    }
  }

  /** Again and again, as agents do: what came before what it belongs to is accepted later, and completed after that. */
  reportAll(hosts: readonly SimulatedHost[]): this {
    for (const host of [...hosts, ...hosts, ...hosts]) this.report(host);
    return this;
  }

  #memoryOf(hostId: string): Omit<AgentMemory, "movable"> {
    const clusterId = [...this.clusters.states].find(([, { hosts }]) => hosts.includes(hostId))?.[0] ?? null;
    const here = (kind: RememberedInstance["kind"], states: ReadonlyMap<string, WithInstances>) =>
      [...states].flatMap(([aggregateId, { instances }]) =>
        instances
          .filter((instance) => instance.host_id === hostId)
          .map(({ instance_number }) => ({ kind, aggregateId, instanceNumber: instance_number })),
      );
    const instances = [
      ...here("application", this.systems.states),
      ...here("database", this.databases.states),
    ];
    return { now: NOW, sapRunning: instances.length > 0, clusterId, instances };
  }

  #dispatch(command: DiscoveredCommand): void {
    switch (command.type) {
      case "RegisterHost":
        this.addresses.set(
          command.data.host_id,
          command.data.ip_addresses.map((address) => address.split("/")[0] ?? ""),
        );
        return;
      case "RegisterOnlineClusterHost":
        this.#movable.set(
          command.data.host_id,
          command.data.sap_instances
            .filter(({ mounted }) => mounted)
            .map(({ sid, instance_number }) => `${sid}/${instance_number}`),
        );
        this.clusters.handle(command.data.cluster_id, command);
        return;
      case "RegisterOfflineClusterHost":
      case "DeregisterClusterHost":
        this.clusters.handle(command.data.cluster_id, command);
        return;
      case "RegisterDatabaseInstance":
      case "MarkDatabaseInstanceAbsent":
        this.databases.handle(command.data.database_id, command);
        this.#tellSystems(command.data.database_id);
        return;
      case "MarkApplicationInstanceAbsent":
        this.systems.handle(command.data.sap_system_id, command);
        return;
      case "DiscoverApplicationInstance":
        this.#register(command);
        return;
      default:
        return;
    }
  }

  #tellSystems(databaseId: string): void {
    const health = this.databases.states.get(databaseId)?.health ?? "unknown";
    for (const [sap_system_id, { database: link }] of this.systems.states) {
      if (link?.database_id !== databaseId) continue;
      const data = { sap_system_id, database_health: health };
      this.systems.handle(sap_system_id, { type: "UpdateDatabaseHealth", data });
    }
  }

  /** The database is the one that has the tenant, on a host with the address. */
  #register({ data }: DiscoverApplicationInstance): void {
    const found = [...this.databases.states].find(
      ([, { tenants, instances }]) =>
        tenants.some(({ name }) => name === data.tenant) &&
        instances.some(({ host_id }) => this.addresses.get(host_id)?.includes(data.db_host)),
    );
    if (found === undefined) return;
    const [database_id, { health }] = found;
    const sap_system_id = sapSystemIdOf(database_id, data.tenant);
    this.hostnames.set(`${sap_system_id}/${data.instance_number}`, data.instance_hostname);
    const link = { sap_system_id, database_id, database_health: health, database_stale_at: null };
    this.systems.handle(sap_system_id, { type: "RegisterApplicationInstance", data: { ...data, ...link } });
  }
}

interface WithInstances {
  readonly instances: readonly { readonly host_id: string; readonly instance_number: string }[];
}
