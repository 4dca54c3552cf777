/** SAP systems over their databases. */
import type { Database } from "../model/database.ts";
import type { SimulatedHost } from "../model/host.ts";
import type { ApplicationInstance, InstanceKind, SapSystem } from "../model/sap-system.ts";
import { addCluster } from "./clusters.ts";
import type { Draft } from "./draft.ts";

export interface SystemOptions {
  readonly database: Database;
  readonly stack: SapSystem["stack"];
  readonly ensa: SapSystem["ensa"];
  readonly tenant: string;
  readonly sid: string;
}

function newSystem(draft: Draft, options: SystemOptions): SapSystem {
  const system: SapSystem = { ...options, id: draft.hex(`system/${options.sid}`), instances: [] };
  draft.installation.systems.push(system);
  return system;
}

interface InstanceOptions {
  readonly kind: InstanceKind;
  readonly number: number;
  /** As `ASCS`. */
  readonly prefix: string;
  /** What the virtual host name ends with. */
  readonly suffix: string;
  readonly host: SimulatedHost;
  readonly virtualIp: string | null;
}

function addInstance(system: SapSystem, options: InstanceOptions): void {
  const number = String(options.number).padStart(2, "0");
  const instance: ApplicationInstance = {
    kind: options.kind,
    system,
    number,
    name: `${options.prefix}${number}`,
    hostname: `sap${system.sid.toLowerCase()}${options.suffix}`,
    virtualIp: options.virtualIp,
    host: options.host,
    status: "green",
    isAbsent: false,
  };
  system.instances.push(instance);
}

function addServers(system: SapSystem, hosts: readonly SimulatedHost[], firstNumber: number): void {
  for (const [index, host] of hosts.entries()) {
    addInstance(system, {
      kind: "application server",
      number: firstNumber + index,
      prefix: system.stack === "ABAP" ? "D" : "J",
      suffix: index === 0 ? "pas" : `aas${index}`,
      host,
      virtualIp: null,
    });
  }
}

/** Central services and their replicated locks in a cluster of two, and application servers on hosts of their own. */
export function addClusteredSystem(draft: Draft, options: SystemOptions, servers: number): SapSystem {
  const system = newSystem(draft, options);
  const pair = draft.hosts(2, "vmnw", "application");
  const isAbap = system.stack === "ABAP";
  for (const [index, host] of pair.entries()) {
    const isCentral = index === 0;
    addInstance(system, {
      kind: isCentral ? "central services" : "enqueue replicator",
      number: isCentral ? 0 : 10,
      prefix: isCentral ? (isAbap ? "ASCS" : "SCS") : "ERS",
      suffix: isCentral ? (isAbap ? "as" : "cs") : "er",
      host,
      virtualIp: draft.address(),
    });
  }
  addCluster(draft, `${isAbap ? "netweaver" : "java"}_${system.sid.toLowerCase()}`, pair, {
    kind: "central services",
    system,
    isSimpleMount: draft.inTurn([false, true], draft.options.index),
  });
  addServers(system, draft.hosts(servers, "vmnw", "application"), 1);
  return system;
}

/** Everything on one host, without a cluster. */
export function addPlainSystem(
  draft: Draft,
  options: SystemOptions,
  host: SimulatedHost,
  firstNumber: number,
): SapSystem {
  const system = newSystem(draft, options);
  const isAbap = system.stack === "ABAP";
  addInstance(system, {
    kind: "central services",
    number: firstNumber,
    prefix: isAbap ? "ASCS" : "SCS",
    suffix: isAbap ? "as" : "cs",
    host,
    virtualIp: null,
  });
  addServers(system, [host], firstNumber + 1);
  return system;
}
