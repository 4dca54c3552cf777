/** Kinds of installations, as customers have them. */
import type { SimulatedHost } from "../model/host.ts";
import { addCluster } from "./clusters.ts";
import { addDatabase } from "./databases.ts";
import type { Draft } from "./draft.ts";
import { addClusteredSystem, addPlainSystem } from "./systems.ts";

export interface InstallationKind {
  readonly name: string;
  readonly hosts: number;
  make(draft: Draft): void;
}

const SERVERS = 2;

/** The application layer of most: alternating stacks and generations of the enqueue server. */
function addApplication(draft: Draft, tenant: string, offset: number): void {
  const [database] = draft.installation.databases;
  if (database === undefined) return;
  const stack = draft.inTurn(["ABAP", "ABAP", "J2EE"], offset);
  const ensa = draft.inTurn(["ensa1", "ensa2"], offset);
  const sid = draft.options.names.sid(stack, draft.options.environment);
  addClusteredSystem(draft, { database, stack, ensa, tenant, sid }, SERVERS);
}

function hanaCluster(draft: Draft, hosts: readonly SimulatedHost[], isCostOptimised: boolean): void {
  const [database, second = null] = draft.installation.databases;
  if (database === undefined) return;
  const name = `hana_${database.sid.toLowerCase()}`;
  addCluster(draft, name, hosts, { kind: "hana", database, second: isCostOptimised ? second : null });
}

function scaleUp(draft: Draft, architecture: "classic" | "angi", offset: number): void {
  const { names, environment } = draft.options;
  const pair = draft.hosts(2, "vmhdb", "hana");
  const sid = names.sid("database", environment);
  const sites = pair.map((host) => [host]);
  const number = draft.inTurn(["00", "10"]);
  addDatabase(draft, { sid, number, tenants: [sid], sites, architecture, isAddressVirtual: true });
  hanaCluster(draft, pair, false);
  addApplication(draft, sid, offset);
}

/** The second database runs on the secondary's host, and stops when that has to take over. */
function costOptimised(draft: Draft): void {
  const { names, environment } = draft.options;
  const pair = draft.hosts(2, "vmhdb", "hana");
  const sid = names.sid("database", environment);
  const second = names.sid("database", { name: "qas", letter: "Q" });
  const sites = pair.map((host) => [host]);
  addDatabase(draft, { sid, number: "10", tenants: [sid], sites, isAddressVirtual: true });
  addDatabase(draft, {
    sid: second,
    number: "20",
    tenants: [second],
    sites: [pair.slice(1)],
    isAddressVirtual: false,
  });
  hanaCluster(draft, pair, true);
  addApplication(draft, sid, 2);
}

function scaleOut(draft: Draft, hostsOfSite: number): void {
  const { names, environment } = draft.options;
  const hosts = draft.hosts(2 * hostsOfSite, "vmhso", "hana");
  const [majorityMaker] = draft.hosts(1, "vmhmm", "none");
  const sid = names.sid("database", environment);
  const architecture = draft.inTurn(["classic", "angi"], hostsOfSite);
  const sites = [hosts.slice(0, hostsOfSite), hosts.slice(hostsOfSite)];
  addDatabase(draft, {
    sid,
    number: "00",
    tenants: [sid],
    sites,
    architecture,
    topology: "scale-out",
    isAddressVirtual: true,
  });
  hanaCluster(draft, majorityMaker === undefined ? hosts : [...hosts, majorityMaker], false);
  addApplication(draft, sid, hostsOfSite);
}

/** A database and the servers of two systems, each with a tenant of its own; no cluster. */
function single(draft: Draft): void {
  const { names, environment } = draft.options;
  const [databaseHost] = draft.hosts(1, "vmhdb", "hana");
  const [serverHost] = draft.hosts(1, "vmapp", "application");
  if (databaseHost === undefined || serverHost === undefined) return;
  const stacks = draft.inTurn([["ABAP"], ["ABAP", "J2EE"]] as const);
  const systems = stacks.map((stack) => ({ stack, sid: names.sid(stack, environment) }));
  const database = addDatabase(draft, {
    sid: names.sid("database", environment),
    number: "00",
    tenants: systems.map(({ sid }) => sid),
    sites: [[databaseHost]],
    isAddressVirtual: false,
  });
  for (const [index, { stack, sid }] of systems.entries()) {
    addPlainSystem(draft, { database, stack, ensa: "ensa2", tenant: sid, sid }, serverHost, 10 * index);
  }
}

function lone(draft: Draft): void {
  const { names, environment } = draft.options;
  const sid = names.sid("database", environment);
  const sites = [draft.hosts(1, "vmhdb", "hana")];
  addDatabase(draft, { sid, number: "00", tenants: [sid], sites, isAddressVirtual: false });
}

function storage(draft: Draft): void {
  const pair = draft.hosts(2, "vmdrbd", "none");
  const workload = { kind: "storage", export: "sapdata", virtualIp: draft.address() } as const;
  addCluster(draft, "drbd_cluster", pair, workload);
  draft.host("vmiscsi", "none");
}

/** In this order, again and again: the first round has one of each. */
export const kinds: readonly InstallationKind[] = [
  { name: "scale-up", hosts: 4 + SERVERS, make: (draft) => scaleUp(draft, "classic", 0) },
  { name: "scale-up angi", hosts: 4 + SERVERS, make: (draft) => scaleUp(draft, "angi", 1) },
  { name: "single", hosts: 2, make: single },
  { name: "storage", hosts: 3, make: storage },
  { name: "cost-optimised", hosts: 4 + SERVERS, make: costOptimised },
  { name: "scale-out", hosts: 7 + SERVERS, make: (draft) => scaleOut(draft, 2) },
  { name: "large scale-out", hosts: 9 + SERVERS, make: (draft) => scaleOut(draft, 3) },
];

/** What fits in anywhere. */
export const filler: InstallationKind = { name: "lone database", hosts: 1, make: lone };
