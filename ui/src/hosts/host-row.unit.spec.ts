/** What the list of hosts tells of a host besides. */
import { describe, expect, it } from "vitest";
import { clusterExample } from "../clusters/cluster-example.ts";
import { databaseExample } from "../databases/database-example.ts";
import { applicationInstanceExample, databaseInstanceExample } from "../instances/instance-example.ts";
import { sapSystemExample } from "../sap-systems/sap-system-example.ts";
import { hostExample } from "./host-example.ts";
import { hostRows } from "./host-row.ts";

const cluster = clusterExample({ name: "hana_cluster" });
const hosts = [
  hostExample({ id: crypto.randomUUID(), cluster_id: cluster.id }),
  hostExample({ id: crypto.randomUUID(), cluster_id: crypto.randomUUID() }),
  hostExample({ id: crypto.randomUUID() }),
];
const [onDatabase, onApplication] = hosts.map(({ id }) => ({ host_id: id }));
const database = databaseExample({
  sid: "HDP",
  database_instances: [
    databaseInstanceExample(onDatabase),
    databaseInstanceExample({ ...onDatabase, instance_number: "01" }),
  ],
});
const system = sapSystemExample({
  sid: "NWP",
  application_instances: [applicationInstanceExample(onApplication)],
  database_instances: database.database_instances,
});

describe("rows of hosts", () => {
  const [first, second, third] = hostRows(hosts, [cluster], [system], [database]);

  it("name the cluster, if it is known", () => {
    expect([first, second, third].map((row) => row?.clusterName)).toEqual(["hana_cluster", "", ""]);
  });

  it("tell what runs on a host, each once", () => {
    expect(first?.runs).toEqual([{ sid: "HDP", path: `/databases/${database.id}` }]);
    expect(second?.runs).toEqual([{ sid: "NWP", path: `/sap_systems/${system.id}` }]);
    expect(third?.runs).toEqual([]);
  });

  it("tell which SAP systems need a host, be it for their database alone", () => {
    expect([first, second, third].map((row) => row?.systemIds)).toEqual([[system.id], [system.id], []]);
  });

  it("are there before the rest is", () => {
    expect(hostRows(hosts).map(({ id }) => id)).toEqual(hosts.map(({ id }) => id));
  });
});
