/** What agents tell of SAP instances: `sap_system_discovery` payloads of a small landscape. */

export type Colour = "GREEN" | "YELLOW" | "RED" | "GRAY";

/** An instance as `sapcontrol` tells of it. */
export function instance(number: string, features: string, colour: Colour = "GREEN") {
  const hostname = `sap${number}`;
  return {
    Host: hostname,
    Name: `I${number}`,
    Type: 1,
    SAPControl: {
      Properties: [
        { property: "SAPSYSTEM", value: number, propertytype: "Attribute" },
        { property: "SAPLOCALHOST", value: hostname, propertytype: "Attribute" },
      ],
      Instances: [
        {
          features,
          hostname,
          httpPort: 50_013 + 100 * Number(number),
          httpsPort: 50_014 + 100 * Number(number),
          dispstatus: `SAPControl-${colour}`,
          instanceNr: Number(number),
          startPriority: "1",
          currentInstance: true,
        },
      ],
      Processes: [],
    },
    SystemReplication: null,
    HdbnsutilSRstate: null,
  };
}

type Instance = ReturnType<typeof instance>;

export const centralServices = () => instance("00", "MESSAGESERVER|ENQUE");
export const applicationServer = (number: string, colour?: Colour) =>
  instance(number, "ABAP|GATEWAY|ICMAN|IGS", colour);

/** A database on one host of a replicated pair. */
export function database(sid: string, tenant: string, site: "NBG" | "WDF", colour?: Colour) {
  const isPrimary = site === "NBG";
  const replicated = {
    ...instance("00", "HDB|HDB_WORKER", colour),
    SystemReplication: {
      local_site_id: isPrimary ? "1" : "2",
      overall_replication_status: isPrimary ? "ACTIVE" : "",
    },
    HdbnsutilSRstate: {
      mode: isPrimary ? "primary" : "sync",
      operation_mode: isPrimary ? "primary" : "logreplay",
      site_id: isPrimary ? "1" : "2",
      site_name: site,
      active_primary_site: "1",
      "siteMapping/NBG": "WDF",
      "siteTier/NBG": "1",
      "siteTier/WDF": "2",
    },
  };
  return [
    { Id: `database ${sid}`, SID: sid, Type: 1, Databases: [{ Database: tenant }], Instances: [replicated] },
  ];
}

/** An application on one host, with its data in a tenant of the database at an address. */
export function application(sid: string, tenant: string, address: string, instances: readonly Instance[]) {
  return [
    {
      Id: `application ${sid}`,
      SID: sid,
      Type: 2,
      DBAddress: address,
      Profile: { "dbs/hdb/dbname": tenant },
      Databases: null,
      Instances: instances,
    },
  ];
}
