/** A database, as one of its hosts sees it. */
import { databaseStatus } from "../../model/condition.ts";
import type { Database, DatabaseInstance } from "../../model/database.ts";
import { replicationState, replicationStatus } from "./replication.ts";
import { type Listed, type Process, sapControlOf } from "./sap-control.ts";

const DATABASE_FEATURES = "HDB|HDB_WORKER";
const DATABASE_PRIORITY = "0.3";

function processesOf(tenant: string): Process[] {
  return [
    { name: "hdbdaemon", description: "HDB Daemon" },
    { name: "hdbcompileserver", description: "HDB Compileserver" },
    { name: "hdbnameserver", description: "HDB Nameserver" },
    { name: "hdbpreprocessor", description: "HDB Preprocessor" },
    { name: "hdbwebdispatcher", description: "HDB Web Dispatcher" },
    { name: "hdbindexserver", description: `HDB Indexserver-${tenant}` },
  ];
}

function listed(instance: DatabaseInstance, isCurrent: boolean): Listed {
  return {
    features: DATABASE_FEATURES,
    hostname: instance.host.hostname,
    number: instance.database.number,
    startPriority: DATABASE_PRIORITY,
    status: databaseStatus(instance),
    isCurrent,
  };
}

/** `sapcontrol` lists the hosts of the site. */
function instanceOf(instance: DatabaseInstance): unknown {
  const { database, host, site } = instance;
  const name = `HDB${database.number}`;
  return {
    Host: host.hostname,
    Name: name,
    Type: 1,
    SAPControl: sapControlOf({
      sid: database.sid,
      name,
      current: listed(instance, true),
      listed: site.instances.map((one) => listed(one, one === instance)),
      processes: processesOf(database.tenants[0] ?? database.sid),
      properties: { "HANA Roles": "worker", DBServices: "YES" },
      startedAt: host.bootedAt,
    }),
    HdbnsutilSRstate: replicationState(instance),
    SystemReplication: replicationStatus(instance),
    HostConfiguration: null,
  };
}

export function databaseSystem(database: Database, instances: readonly DatabaseInstance[]): unknown {
  const { id, sid, number, tenants } = database;
  const [first] = instances;
  const globalHost = first?.site.instances[0]?.host.hostname ?? "";
  return {
    Id: id,
    SID: sid,
    Type: 1,
    DBAddress: "",
    Profile: { SAPGLOBALHOST: globalHost, SAPSYSTEMNAME: sid, hdbConfigType: "DEFAULT" },
    Databases: tenants.map((tenant, index) => ({
      Database: tenant,
      Container: "",
      User: "",
      Group: "",
      UserId: "",
      GroupId: "",
      Host: globalHost,
      SqlPort: String(30_000 + Number(number) * 100 + 15 + 26 * index),
      Active: "yes",
    })),
    Instances: instances.map(instanceOf),
  };
}
