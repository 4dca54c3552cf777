/** What Corosync is told, and what it runs with. */

import { valueAt } from "../../agent/facts/path.ts";
import { failed, type Value } from "../../agent/facts/value.ts";
import type { ClusterNode } from "../model/cluster.ts";
import { nodeOf } from "../model/cluster.ts";
import type { SimulatedHost, SimulatedProvider } from "../model/host.ts";
import { clusterOf } from "../model/installation.ts";
import type { Gatherer } from "./answer.ts";

/** Milliseconds, as each provider asks for. */
const tokens: Readonly<Record<SimulatedProvider, number>> = {
  azure: 30_000,
  aws: 30_000,
  gcp: 20_000,
  kvm: 5_000,
  nutanix: 5_000,
  vmware: 5_000,
};
const SHORT_TOKEN = 1_000;

function tokenOf(provider: SimulatedProvider, node: ClusterNode): number {
  return node.hasShortToken ? SHORT_TOKEN : tokens[provider];
}

function found(host: SimulatedHost) {
  const cluster = clusterOf(host);
  const node = cluster === null ? undefined : nodeOf(cluster, host);
  return cluster === null || node === undefined ? null : { cluster, node };
}

export const corosyncConf: Gatherer = (host, argument) => {
  const own = found(host);
  if (own === null)
    return failed("corosync-conf-file-error", "error reading corosync.conf file: no such file or directory");
  const { cluster, node } = own;
  const token = tokenOf(cluster.provider, node);
  const conf: Value = {
    totem: {
      version: 2,
      cluster_name: cluster.name,
      transport: "udpu",
      token,
      consensus: token * 1.2,
      token_retransmits_before_loss_const: cluster.provider === "aws" ? 6 : 10,
      join: 60,
      max_messages: 20,
      crypto_cipher: "aes256",
      crypto_hash: "sha1",
    },
    quorum: {
      provider: "corosync_votequorum",
      expected_votes: cluster.nodes.length,
      two_node: cluster.nodes.length === 2 ? 1 : 0,
    },
    nodelist: {
      node: cluster.nodes.map(({ id, host: member }) => ({ ring0_addr: member.address, nodeid: id })),
    },
  };
  return valueAt(conf, argument, "corosync-conf-value-not-found");
};

export const corosyncCmapctl: Gatherer = (host, argument) => {
  const own = found(host);
  if (own === null || !own.node.isRunning)
    return failed("corosync-cmapctl-command-error", "error while running corosynccmap-ctl: exit status 1");
  const running: Value = {
    runtime: { config: { totem: { token: tokenOf(own.cluster.provider, own.node) } } },
  };
  return valueAt(running, argument, "corosync-cmapctl-value-not-found");
};
