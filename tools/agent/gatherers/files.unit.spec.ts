/** Gatherers that read a file: what they make of it, and of one that is missing or malformed. */
import { describe, expect, it } from "vitest";
import { type Described, machineWith } from "../machine-of-tests.spec.ts";
import { gather, gatherersOf } from "./index.ts";

const gatherers = gatherersOf({ agentId: "an-agent", version: "1.0.0" });

/** What one gatherer answers: its value, or the type of its error. */
async function answer(gatherer: string, argument: string, machine: Described): Promise<unknown> {
  const request = { check_id: "A", name: "fact", gatherer, argument };
  const [fact] = await gather(gatherers, machineWith(machine), [request]);
  if (fact === undefined) return "no answer";
  return "value" in fact ? fact.value : fact.error.type;
}

const file = (path: string, text: string): Described => ({ files: { [path]: text } });

describe("corosync.conf", () => {
  const conf = file(
    "/etc/corosync/corosync.conf",
    `# of the cluster
totem {
  version: 2
  token: 30000
  secauth: on
  interface {
    ringnumber: 0
    mcastport: 5405
  }
}
nodelist {
  node {
    ring0_addr: 10.0.0.1
    nodeid: 1
  }
  node {
    ring0_addr: 10.0.0.2
    nodeid: 2
  }
}
quorum { 
  two_node: 1
}
`,
  );

  it.each<[string, unknown]>([
    ["totem.token", 30_000],
    ["totem.secauth", "on"],
    ["totem.interface", [{ ringnumber: 0, mcastport: 5405 }]],
    ["totem.interface.0.mcastport", 5405],
    ["nodelist.node.1.nodeid", 2],
    ["quorum", { two_node: 1 }],
    ["totem.consensus", "value-not-found"],
    ["nodelist.node.2", "value-not-found"],
  ])("at %s", async (argument, expected) => {
    expect(await answer("corosync.conf@v1", argument, conf)).toEqual(expected);
  });

  it("as a whole", async () => {
    expect(await answer("corosync.conf", "", conf)).toMatchObject({ totem: { version: 2 } });
  });

  it.each([
    ["totem {", "corosync-conf-decoding-error"],
    ["}", "corosync-conf-decoding-error"],
    ["what is this", "corosync-conf-decoding-error"],
  ])("that is malformed: %s", async (text, type) => {
    expect(await answer("corosync.conf@v1", "", file("/etc/corosync/corosync.conf", text))).toBe(type);
  });
});

describe("fstab", () => {
  const read = (text: string) => answer("fstab@v1", "", file("/etc/fstab", text));

  it("has a device, a place, options, and what of them is left out", async () => {
    expect(
      await read(
        "# static\nUUID=ab-12 / btrfs defaults,noatime 0 1\n\n/dev/sdb1\t/my\\040data xfs\n10.0.0.9:/sap /sapmnt nfs rw,_netdev 0\n",
      ),
    ).toEqual([
      {
        device: "ab-12",
        mount_point: "/",
        file_system_type: "btrfs",
        options: ["defaults", "noatime"],
        backup: 0,
        check_order: 1,
      },
      {
        device: "/dev/sdb1",
        mount_point: "/my data",
        file_system_type: "xfs",
        options: ["defaults"],
        backup: 0,
        check_order: 0,
      },
      {
        device: "10.0.0.9:/sap",
        mount_point: "/sapmnt",
        file_system_type: "nfs",
        options: ["rw", "_netdev"],
        backup: 0,
        check_order: 0,
      },
    ]);
    expect(await read("# nothing\n")).toEqual([]);
  });

  it.each(["/dev/sda1 /", "/dev/sda1 / xfs defaults many 0"])("malformed: %s", async (text) => {
    expect(await read(text)).toBe("fstab-decoding-error");
  });
});

describe("groups and passwd", () => {
  it("have their fields; lines of NIS are of elsewhere, and the password is left out", async () => {
    expect(
      await answer("groups@v1", "", file("/etc/group", "root:x:0:\nsapsys:x:1001:prdadm,daaadm\n+::0:\n")),
    ).toEqual([
      { name: "root", gid: 0, users: [] },
      { name: "sapsys", gid: 1001, users: ["prdadm", "daaadm"] },
    ]);
    expect(
      await answer(
        "passwd@v1",
        "",
        file("/etc/passwd", "hacluster:SECRET:90:90:heartbeat, processes:/var/lib:/sbin/nologin\n+::::::\n"),
      ),
    ).toEqual([
      {
        user: "hacluster",
        uid: 90,
        gid: 90,
        description: "heartbeat, processes",
        home: "/var/lib",
        shell: "/sbin/nologin",
      },
    ]);
  });

  it.each([
    ["groups@v1", "/etc/group", "root:x:zero:", "groups-decoding-error"],
    ["groups@v1", "/etc/group", "root:x", "groups-decoding-error"],
    ["passwd@v1", "/etc/passwd", "root:SECRET:0", "passwd-decoding-error"],
  ])("%s of %s: %s", async (gatherer, path, text, type) => {
    const [fact] = await gather(gatherers, machineWith(file(path, text)), [
      { check_id: "A", name: "fact", gatherer, argument: "" },
    ]);
    expect(fact).toMatchObject({ error: { type } });
    // What is malformed may hold what nobody should read.
    expect(JSON.stringify(fact)).not.toContain("SECRET");
  });
});

describe("hosts", () => {
  const hosts = file(
    "/etc/hosts",
    "127.0.0.1 localhost # this one\n::1 localhost ip6\n10.0.0.5\tdb01.example.com db01\n",
  );

  it.each<[string, unknown]>([
    [
      "",
      {
        localhost: ["127.0.0.1", "::1"],
        ip6: ["::1"],
        "db01.example.com": ["10.0.0.5"],
        db01: ["10.0.0.5"],
      },
    ],
    ["localhost", ["127.0.0.1", "::1"]],
    ["db01.example.com", ["10.0.0.5"]],
    ["db02", "hosts-file-value-not-found"],
  ])("of %j", async (argument, expected) => {
    expect(await answer("hosts@v1", argument, hosts)).toEqual(expected);
  });

  it("without a name is malformed", async () => {
    expect(await answer("hosts@v1", "", file("/etc/hosts", "10.0.0.1\n"))).toBe("hosts-file-decoding-error");
  });
});

describe("os-release", () => {
  it("is text, unquoted as by a shell", async () => {
    const text = `NAME="SLES"\nVERSION_ID="15.5"\nID=sles\n# a comment\nPRETTY_NAME='SUSE "15"'\nX="a \\"b\\" \\$c"\n`;
    expect(await answer("os-release@v1", "", file("/etc/os-release", text))).toEqual({
      NAME: "SLES",
      VERSION_ID: "15.5",
      ID: "sles",
      PRETTY_NAME: 'SUSE "15"',
      X: 'a "b" $c',
    });
    expect(await answer("os-release@v1", "", file("/etc/os-release", "nothing"))).toBe(
      "os-release-decoding-error",
    );
  });
});

describe("ini_files", () => {
  const path = "/usr/sap/PRD/SYS/global/hdb/custom/config/global.ini";
  const ini =
    "[ha_dr_provider_SAPHanaSR]\nprovider = SAPHanaSR\nexecution_order = 1\n; a comment\n\n[trace]\nha_dr = info\n";
  const system = { "/usr/sap/PRD/HDB00/exe": "", "/usr/sap/hostctrl/exe": "", "/usr/sap/PRT/SYS/x": "" };

  it("are those of the systems that have an instance", async () => {
    expect(await answer("ini_files@v1", "global.ini", { files: { ...system, [path]: ini } })).toEqual([
      {
        sid: "PRD",
        value: {
          ha_dr_provider_SAPHanaSR: { provider: "SAPHanaSR", execution_order: 1 },
          trace: { ha_dr: "info" },
        },
      },
    ]);
  });

  it.each<[string, string, Described, string]>([
    ["of another name", "nameserver.ini", { files: system }, "ini-files-error"],
    ["without a system", "global.ini", {}, "ini-files-error"],
    ["that are missing", "global.ini", { files: system }, "ini-files-not-found-error"],
    ["malformed", "global.ini", { files: { ...system, [path]: "[open" } }, "ini-files-parse-error"],
  ])("%s", async (_, argument, machine, type) => {
    expect(await answer("ini_files@v1", argument, machine)).toBe(type);
  });
});

describe("mount_info", () => {
  const info = `22 28 0:21 / /proc rw,nosuid - proc proc rw
30 22 8:2 / /hana/my\\040data rw,relatime shared:5 - xfs /dev/mapper/vg-data rw
31 22 8:3 / /hana/my\\040data ro - xfs /dev/sdc1 rw
`;
  const machine: Described = {
    files: { "/proc/self/mountinfo": info },
    links: { "/dev/disk/by-uuid/aa-1": "/dev/sdb1", "/dev/disk/by-uuid/bb-2": "/dev/sdc1" },
  };

  it.each<[string, unknown]>([
    ["", "mount-info-missing-argument"],
    [
      "/hana/my data",
      {
        block_uuid: "bb-2",
        fs_type: "xfs",
        mount_point: "/hana/my data",
        options: "ro",
        source: "/dev/sdc1",
      },
    ],
    [
      "/proc",
      { block_uuid: "", fs_type: "proc", mount_point: "/proc", options: "rw,nosuid", source: "proc" },
    ],
    ["/sapmnt", { block_uuid: "", fs_type: "", mount_point: "", options: "", source: "" }],
  ])("of %j", async (argument, expected) => {
    expect(await answer("mount_info@v1", argument, machine)).toEqual(expected);
  });

  it("that is malformed", async () => {
    expect(await answer("mount_info@v1", "/", file("/proc/self/mountinfo", "22 28\n"))).toBe(
      "mount-info-parsing-error",
    );
  });
});

it.each([
  ["corosync.conf@v1", "corosync-conf-file-error"],
  ["fstab@v1", "fstab-file-error"],
  ["groups@v1", "groups-file-error"],
  ["hosts@v1", "hosts-file-error"],
  ["os-release@v1", "os-release-file-error"],
  ["passwd@v1", "passwd-file-error"],
])("%s without its file is %s", async (gatherer, type) => {
  expect(await answer(gatherer, "", {})).toBe(type);
});

describe("a request", () => {
  it("for a gatherer that is not known has no answer, and the others have theirs", async () => {
    expect(await answer("cibadmin@v1", "", {})).toBe("no answer");
    expect(await answer("toString", "", {})).toBe("no answer");
    expect(await answer("systemd@v9", "x", {})).toBe("no answer");
    expect(await answer("status@v1", "", {})).toEqual({ agent_id: "an-agent", version: "1.0.0" });
  });
});
