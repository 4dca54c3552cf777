/** What SAPHanaSR writes into a cluster: into the attributes of its nodes, and into its properties. */
import type { ClusterNode } from "../../model/cluster.ts";
import { isReplicating, siteWorks } from "../../model/condition.ts";
import { type Database, type Site, secondaryOf } from "../../model/database.ts";
import { isSameHost } from "../../model/host.ts";
import type { Contents } from "./resource.ts";

type Attributes = ReturnType<Contents["attributesOf"]>;

const nameOf = ({ name, id }: Site) => name ?? `SITE${id}`;
const landscape = (site: Site) => (siteWorks(site) ? "4" : "1");
const role = (site: Site) => (site.role === "primary" ? "P" : "S");

function syncState(database: Database, site: Site): string {
  if (site === database.primary) return "PRIM";
  return isReplicating(database) ? "SOK" : "SFAIL";
}

/** When the site last proved to be the primary, in seconds; a small number marks the others. */
function lastPrimaryTime(database: Database, site: Site): string {
  if (site !== database.primary) return siteWorks(site) ? "30" : "10";
  const host = site.instances[0]?.host;
  return String(Math.floor(Date.parse(host?.bootedAt ?? "2026-01-01T00:00:00Z") / 1000));
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));
}

/** The configured and actual roles of a host in its site. */
function hostRoles(site: Site, isFirst: boolean): string {
  const works = siteWorks(site);
  if (isFirst) return works ? "master1:master:worker:master" : "master1::worker:";
  return works ? "slave:slave:worker:slave" : "slave::worker:";
}

function cloneState(database: Database, site: Site, isFirst: boolean): string {
  if (!siteWorks(site)) return "UNDEFINED";
  return site === database.primary && isFirst ? "PROMOTED" : "DEMOTED";
}

export function hanaAttributes(database: Database, node: ClusterNode): Attributes {
  const site = database.sites.find(({ instances }) =>
    instances.some(({ host }) => isSameHost(host, node.host)),
  );
  if (site === undefined) return { kept: {}, live: {} };
  const sid = database.sid.toLowerCase();
  const first = site.instances[0]?.host;
  const isFirst = first !== undefined && isSameHost(first, node.host);
  const state = { clone_state: cloneState(database, site, isFirst), version: database.version };
  const roles = hostRoles(site, isFirst);
  if (database.architecture === "angi" || database.topology === "scale-out") {
    const kept = prefixed(`hana_${sid}_`, { site: nameOf(site), vhost: node.host.hostname });
    return { kept, live: { ...kept, ...prefixed(`hana_${sid}_`, { ...state, roles }) } };
  }
  const other = database.sites.find((one) => one !== site)?.instances[0]?.host;
  const kept = {
    ...prefixed(`hana_${sid}_`, {
      site: nameOf(site),
      vhost: node.host.hostname,
      srmode: database.replicationMode,
      op_mode: database.operationMode,
      remoteHost: other?.hostname ?? "",
    }),
    [`lpa_${sid}_lpt`]: lastPrimaryTime(database, site),
  };
  const live = prefixed(`hana_${sid}_`, {
    ...state,
    roles: `${landscape(site)}:${role(site)}:${roles}`,
    sync_state: syncState(database, site),
  });
  return { kept, live: { ...kept, ...live } };
}

function siteProperties(database: Database, site: Site): Record<string, string> {
  const state = syncState(database, site);
  const isAngi = database.architecture === "angi";
  const told = {
    lss: landscape(site),
    srr: role(site),
    srHook: state,
    mns: site.instances[0]?.host.hostname ?? "",
    lpt: lastPrimaryTime(database, site),
    ...(isAngi ? { srPoll: state, srMode: database.replicationMode, opMode: database.operationMode } : {}),
  };
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => [`site_${name}_${nameOf(site)}`, value]),
  );
}

export function hanaProperties(database: Database): Record<string, string> {
  const prefix = `hana_${database.sid.toLowerCase()}_`;
  const isAngi = database.architecture === "angi";
  const sites = database.sites.map((site) => siteProperties(database, site));
  if (!isAngi && database.topology === "scale-up") {
    const hooks = database.sites.map((site) => [`site_srHook_${nameOf(site)}`, syncState(database, site)]);
    return prefixed(prefix, Object.fromEntries(hooks));
  }
  const secondary = secondaryOf(database);
  const isRegistered = secondary !== null && secondary.role === "secondary";
  const global = {
    glob_prim: nameOf(database.primary),
    glob_sec: isRegistered ? nameOf(secondary) : "-",
    glob_upd: "ok",
    ...(isAngi
      ? { glob_topology: database.topology === "scale-up" ? "ScaleUp" : "ScaleOut" }
      : {
          glob_sync_state: secondary === null ? "SFAIL" : syncState(database, secondary),
          glob_srmode: database.replicationMode,
          glob_op_mode: database.operationMode,
        }),
  };
  return prefixed(prefix, Object.assign({}, ...sites, global));
}
