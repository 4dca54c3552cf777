/** A HANA database: one site, or two of which one replicates the other. */
import type { InstanceStatus } from "../../../domain/instance.ts";
import type { SimulatedHost } from "./host.ts";

export interface DatabaseInstance {
  readonly host: SimulatedHost;
  readonly database: Database;
  readonly site: Site;
  status: InstanceStatus;
  /** Gone from its host. */
  isAbsent: boolean;
}

export interface Site {
  readonly id: number;
  /** Null where there is no replication. */
  readonly name: string | null;
  /** The first is the one with the master name server. */
  readonly instances: DatabaseInstance[];
  /** What the site takes itself for: after a takeover both do, until the failed one is registered as secondary. */
  role: "primary" | "secondary";
  isRunning: boolean;
}

export interface Database {
  /** Hexadecimal, as `sap_system_discovery` tells it. */
  readonly id: string;
  readonly sid: string;
  readonly number: string;
  readonly tenants: string[];
  readonly sites: Site[];
  readonly architecture: "classic" | "angi";
  readonly topology: "scale-up" | "scale-out";
  readonly replicationMode: "sync" | "syncmem";
  readonly operationMode: "logreplay";
  readonly version: string;
  /** By this address applications reach the primary. */
  readonly address: string;
  /** The cluster moves the address with the primary. */
  readonly isAddressVirtual: boolean;
  /** The site that the cluster made the primary. */
  primary: Site;
}

export function instancesOf(database: Database): DatabaseInstance[] {
  return database.sites.flatMap(({ instances }) => instances);
}

export function secondaryOf(database: Database): Site | null {
  return database.sites.find((site) => site !== database.primary) ?? null;
}

/** The first instance of the primary site is where the database is reached. */
export function addressHost(database: Database): SimulatedHost | undefined {
  return database.primary.instances[0]?.host;
}
