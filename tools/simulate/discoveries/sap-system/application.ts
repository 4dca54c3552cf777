/** The application layer of a system, as one of its hosts sees it. */
import { applicationStatus } from "../../model/condition.ts";
import { type ApplicationInstance, featuresOf, type SapSystem } from "../../model/sap-system.ts";
import { type Listed, type Process, sapControlOf } from "./sap-control.ts";

const priorities = {
  "central services": "1",
  "enqueue replicator": "0.5",
  "application server": "3",
} as const;

function startPriorityOf({ kind }: ApplicationInstance): string {
  return priorities[kind];
}

const enqueue: Readonly<
  Record<SapSystem["ensa"], { readonly server: Process; readonly replicator: Process }>
> = {
  ensa1: {
    server: { name: "enserver", description: "EnqueueServer" },
    replicator: { name: "enrepserver", description: "EnqueueReplicator" },
  },
  ensa2: {
    server: { name: "enq_server", description: "Enqueue Server 2" },
    replicator: { name: "enq_replicator", description: "Enqueue Replicator 2" },
  },
};

function processesOf({ kind, system }: ApplicationInstance): Process[] {
  const { server, replicator } = enqueue[system.ensa];
  if (kind === "central services") return [{ name: "msg_server", description: "MessageServer" }, server];
  if (kind === "enqueue replicator") return [replicator];
  const graphics = { name: "igswd_mt", description: "IGS Watchdog" };
  if (system.stack === "J2EE") return [{ name: "jstart", description: "J2EE Server" }, graphics];
  return [
    { name: "disp+work", description: "Dispatcher" },
    graphics,
    { name: "gwrd", description: "Gateway" },
    { name: "icman", description: "ICM" },
  ];
}

function listed(instance: ApplicationInstance, isCurrent: boolean): Listed {
  return {
    features: featuresOf(instance),
    hostname: instance.hostname,
    number: instance.number,
    startPriority: startPriorityOf(instance),
    status: applicationStatus(instance),
    isCurrent,
  };
}

function instanceOf(instance: ApplicationInstance): unknown {
  const { system, host, name, kind } = instance;
  const present = system.instances.filter(({ isAbsent }) => !isAbsent);
  return {
    Host: host.hostname,
    Name: name,
    Type: 2,
    SAPControl: sapControlOf({
      sid: system.sid,
      name,
      current: listed(instance, true),
      listed: present.map((one) => listed(one, one === instance)),
      processes: processesOf(instance),
      properties: kind === "central services" ? { CentralServices: "YES" } : {},
      startedAt: host.bootedAt,
    }),
    HdbnsutilSRstate: null,
    SystemReplication: null,
    HostConfiguration: null,
  };
}

function profileOf({ sid, stack, database, tenant, instances }: SapSystem): Record<string, string> {
  const central = instances.find(({ kind }) => kind === "central services");
  return {
    SAPDBHOST: database.address,
    SAPGLOBALHOST: central?.hostname ?? "",
    SAPSYSTEMNAME: sid,
    "dbs/hdb/dbname": tenant,
    "j2ee/dbhost": database.address,
    "j2ee/dbname": tenant,
    "j2ee/dbtype": "hdb",
    "enque/serverhost": central?.hostname ?? "",
    "enque/serverinst": central?.number ?? "",
    "rdisp/mshost": central?.hostname ?? "",
    "system/type": stack,
  };
}

export function applicationSystem(system: SapSystem, instances: readonly ApplicationInstance[]): unknown {
  return {
    Id: system.id,
    SID: system.sid,
    Type: 2,
    DBAddress: system.database.address,
    Profile: profileOf(system),
    Databases: null,
    Instances: instances.map(instanceOf),
  };
}
