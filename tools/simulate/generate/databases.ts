/** HANA databases. */
import type { Database, Site } from "../model/database.ts";
import type { SimulatedHost } from "../model/host.ts";
import type { Draft } from "./draft.ts";

export interface DatabaseOptions {
  readonly sid: string;
  readonly number: string;
  readonly tenants: readonly string[];
  /** Hosts by site; the first site is the primary. */
  readonly sites: readonly (readonly SimulatedHost[])[];
  readonly architecture?: Database["architecture"];
  readonly topology?: Database["topology"];
  /** Whether a cluster moves the address; otherwise it is that of the first host. */
  readonly isAddressVirtual: boolean;
}

const siteNames: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ["NBG", "PRG"],
  ["SITE_A", "SITE_B"],
  ["EAST", "WEST"],
];

function siteOf(index: number, name: string | null): Site {
  return { id: index + 1, name, instances: [], role: index === 0 ? "primary" : "secondary", isRunning: true };
}

export function addDatabase(draft: Draft, options: DatabaseOptions): Database {
  const { sid, number, tenants, architecture = "classic", topology = "scale-up", isAddressVirtual } = options;
  const [firstHost] = options.sites[0] ?? [];
  if (firstHost === undefined) throw new Error(`the database ${sid} has no host`);
  const names = draft.options.random.pick(siteNames);
  const sites = options.sites.map((_, index) =>
    siteOf(index, options.sites.length > 1 ? (names[index] ?? null) : null),
  );
  const [primary] = sites;
  if (primary === undefined) throw new Error(`the database ${sid} has no site`);
  const database: Database = {
    id: draft.hex(`database/${sid}`),
    sid,
    number,
    tenants: [...tenants],
    sites,
    architecture,
    topology,
    replicationMode: draft.options.random.pick(["sync", "syncmem"]),
    operationMode: "logreplay",
    version: draft.options.random.pick(["2.00.059.00", "2.00.073.00", "2.00.079.00"]),
    address: isAddressVirtual ? draft.address() : firstHost.address,
    isAddressVirtual,
    primary,
  };
  for (const [index, hosts] of options.sites.entries()) {
    const site = sites[index];
    for (const host of hosts)
      site?.instances.push({ host, database, site, status: "green", isAbsent: false });
  }
  draft.installation.databases.push(database);
  return database;
}
