/** What the SIDs of a cluster stand for. */
import { describe, expect, it } from "vitest";
import { databaseExample } from "../databases/database-example.ts";
import { hostExample } from "../hosts/host-example.ts";
import { applicationInstanceExample, databaseInstanceExample } from "../instances/instance-example.ts";
import { sapSystemExample } from "../sap-systems/sap-system-example.ts";
import { clusterExample } from "./cluster-example.ts";
import { sidsInCluster } from "./sids-in-cluster.ts";

const cluster = clusterExample({ sid: "HDP", additional_sids: ["NWP"] });
const member = hostExample({ id: crypto.randomUUID(), cluster_id: cluster.id });
const stranger = hostExample({ id: crypto.randomUUID(), cluster_id: crypto.randomUUID() });

const database = (host_id: string) =>
  databaseExample({
    id: crypto.randomUUID(),
    sid: "HDP",
    database_instances: [databaseInstanceExample({ host_id })],
  });
const system = (host_id: string) =>
  sapSystemExample({
    id: crypto.randomUUID(),
    sid: "NWP",
    application_instances: [applicationInstanceExample({ host_id })],
  });

describe("the SIDs of a cluster", () => {
  it("lead to what runs on its hosts, though others are called the same", () => {
    const databases = [database(stranger.id), database(member.id)];
    const systems = [system(stranger.id), system(member.id)];
    expect(sidsInCluster(cluster, { hosts: [member, stranger], systems, databases })).toEqual([
      { sid: "HDP", path: `/databases/${databases[1]?.id}` },
      { sid: "NWP", path: `/sap_systems/${systems[1]?.id}` },
    ]);
  });

  it("lead nowhere while that is not known", () => {
    expect(sidsInCluster(cluster, { hosts: [], systems: [system(member.id)], databases: [] })).toEqual([
      { sid: "HDP", path: null },
      { sid: "NWP", path: null },
    ]);
  });
});
