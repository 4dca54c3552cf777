/** Systems of type 2: each instance is registered with the tenant that holds its data, and where that is reached. */
import { describe, expect, it } from "vitest";
import { agentId } from "../examples.spec.ts";
import {
  application,
  applicationsOf,
  commandsOf,
  controlled,
  process,
  server,
  serverFeatures,
} from "./examples.spec.ts";

const withProcesses = (...names: readonly string[]) =>
  application({ Instances: [server("02", { control: { Processes: names.map((name) => process(name)) } })] });

describe("an application instance", () => {
  it("is discovered with all that is told of it", () => {
    expect(commandsOf([application()])).toEqual([
      {
        type: "DiscoverApplicationInstance",
        data: {
          sid: "HA1",
          tenant: "TNT",
          db_host: "10.74.1.12",
          host_id: agentId,
          instance_number: "02",
          instance_hostname: "sapha1aas1",
          features: serverFeatures,
          http_port: 50213,
          https_port: 50214,
          start_priority: "3",
          status: "green",
          ensa_version: "no_ensa",
          clustered: false,
        },
      },
    ]);
  });

  it("does not tell the id of its system: the tenant makes it, when its database is known", () => {
    const [one, other] = ["one", "other"].map((Id) => commandsOf([application({ Id })]));
    expect(one).toEqual(other);
  });

  it("does not tell tenants of its own", () => {
    const Databases = [{ Database: "PRD" }];
    expect(commandsOf([application({ Databases })])).toEqual(commandsOf([application()]));
  });

  it.each([
    ["SAPControl-YELLOW", "yellow"],
    ["SAPControl-RED", "red"],
    ["SAPControl-GRAY", "gray"],
  ])("that is %s is %s", (dispstatus, status) => {
    const Instances = [server("02", { control: { Instances: [controlled({ dispstatus })] } })];
    expect(applicationsOf([application({ Instances })])).toMatchObject([{ status }]);
  });
});

describe("the generation of the enqueue server", () => {
  it.each([
    ["enserver", "ensa1"],
    ["enrepserver", "ensa1"],
    ["enq_server", "ensa2"],
    ["enq_replicator", "ensa2"],
    ["disp+work", "no_ensa"],
    ["enserver2", "no_ensa"],
    ["ENSERVER", "no_ensa"],
    ["constructor", "no_ensa"],
    ["__proto__", "no_ensa"],
    ["toString", "no_ensa"],
  ])("is told by a process %s: %s", (name, ensa_version) => {
    expect(applicationsOf([withProcesses(name)])).toMatchObject([{ ensa_version }]);
    expect(applicationsOf([withProcesses("msg_server", name, "gwrd")])).toMatchObject([{ ensa_version }]);
  });

  it.each([null, undefined, []])("is none where %j is told of processes", (Processes) => {
    const Instances = [server("02", { control: { Processes } })];
    expect(applicationsOf([application({ Instances })])).toMatchObject([{ ensa_version: "no_ensa" }]);
  });

  it("is that of each instance for itself", () => {
    const Instances = [
      server("00", { control: { Processes: [process("enserver")] } }),
      server("01"),
      server("10", { control: { Processes: [process("enq_replicator")] } }),
    ];
    const told = applicationsOf([application({ Instances })]);
    expect(told.map((one) => one.ensa_version)).toEqual(["ensa1", "no_ensa", "ensa2"]);
  });
});

describe("an instance is clustered", () => {
  const clustered = (...movable: readonly string[]) =>
    applicationsOf([application({ Instances: [server("00"), server("02")] })], { movable }).map(
      (one) => one.clustered,
    );

  it("when the host's cluster mounts one of its SID and number", () => {
    expect(clustered("HA1/02")).toEqual([false, true]);
    expect(clustered("HA1/00", "HA1/02")).toEqual([true, true]);
  });

  it("not by the SID or the number alone", () => {
    expect(clustered()).toEqual([false, false]);
    expect(clustered("HA2/02", "HA1/2", "HA1/03", "HA1")).toEqual([false, false]);
  });
});
