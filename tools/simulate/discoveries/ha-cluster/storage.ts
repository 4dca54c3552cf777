/** What a cluster runs that serves a mirrored disk. */
import { type Cluster, isOnline, servingNode } from "../../model/cluster.ts";
import { type Contents, monitor, type Placement, type Primitive, startedOn } from "./resource.ts";
import { virtualIp } from "./virtual-ip.ts";

function filesystem(name: string): Primitive[] {
  const directory = `/srv/nfs/${name}`;
  const common = { class: "ocf", provider: "heartbeat" } as const;
  return [
    {
      ...common,
      id: `fs_${name}`,
      type: "Filesystem",
      attributes: { device: "/dev/drbd1", directory, fstype: "xfs" },
      operations: [monitor("20", "40s")],
    },
    {
      ...common,
      id: `exportfs_${name}`,
      type: "exportfs",
      attributes: { directory, fsid: "1", options: "rw,no_root_squash", clientspec: "*" },
      operations: [monitor("30s", "")],
    },
  ];
}

export function storageContents(cluster: Cluster, name: string, ip: string): Contents {
  const serving = servingNode(cluster);
  const mirror: Primitive = {
    id: `drbd_${name}`,
    class: "ocf",
    provider: "linbit",
    type: "drbd",
    attributes: { drbd_resource: name },
    operations: [monitor("15", "", "Master"), monitor("30", "", "Slave")],
  };
  const service: Primitive = {
    id: "nfsserver",
    class: "systemd",
    provider: "",
    type: "nfs-server",
    attributes: {},
    operations: [monitor("30s", "")],
  };
  const online = cluster.nodes.map((node) => (isOnline(node) ? node : null));
  const mirrored = (node: (typeof online)[number]): Placement =>
    node === null ? startedOn(null) : { node, role: node === serving ? "Master" : "Slave" };
  return {
    resources: [
      {
        kind: "group",
        id: `g-nfs_${name}`,
        primitives: [...filesystem(name), ...virtualIp(cluster.provider, name, ip)],
        placement: startedOn(serving),
      },
      {
        kind: "master",
        id: `ms_${name}`,
        hasRoles: true,
        primitive: mirror,
        placements: online.map(mirrored),
      },
      {
        kind: "clone",
        id: "cl-nfsserver",
        hasRoles: false,
        primitive: service,
        placements: online.map(startedOn),
      },
    ],
    properties: {},
    attributesOf: () => ({ kept: {}, live: { [`master-drbd_${name}`]: "10000" } }),
    locations: [],
  };
}
