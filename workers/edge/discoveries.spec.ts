/** A discovery of each type with all its fields, and what shows that another was applied; there is no test in here. */
import { expect } from "vitest";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { scaleUp } from "../../domain/discovery/ha-cluster/examples.spec.ts";
import { databasePayload, hostPayload, replication, subscriptionPayload } from "../../test/agents.ts";
import type { Administrator, ApiAgent } from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";

const { label, clusterId, databaseId, tenant } = newPlace();

const azure = {
  Provider: "azure",
  Metadata: {
    compute: {
      name: "vm",
      resourceGroupName: "group",
      location: "here",
      vmSize: "large",
      offer: "sles",
      sku: "gen2",
      osProfile: { adminUsername: "admin" },
      storageProfile: { dataDisks: [{}, {}] },
    },
  },
};

const saptune = {
  saptune_installed: true,
  package_version: "3.1.0",
  status: {
    result: {
      "package version": "3.1.0",
      "configured version": "3",
      "tuning state": "compliant",
      services: { saptune: ["enabled", "active"], sapconf: [] },
      "Notes enabled by Solution": [{ "Solution ID": "HANA", "Note list": ["1", "2"] }],
      "Notes applied by Solution": [{ "Solution ID": "HANA", "Note list": ["1"] }],
      "Notes enabled additionally": ["3"],
      "Notes enabled": ["1", "2", "3"],
      "Notes applied": ["1"],
      "Solution enabled": ["HANA"],
      "Solution applied": [{ "Solution ID": "HANA", "applied partially": true }],
      staging: { "staging enabled": true, "Notes staged": ["1"], "Solutions staged": [] },
    },
  },
};

const host = {
  ...hostPayload,
  fully_qualified_domain_name: "a.example.org",
  arch: "x86_64",
  installation_source: "suse",
  prometheus_targets: { node_exporter: "10.0.0.1:9100" },
  prometheus_mode: "pull",
  systemd_units: [{ name: "pacemaker.service", unit_file_state: "enabled" }],
  last_boot_timestamp: "2026-01-02T03:04:05Z",
};

interface Sample {
  readonly payload: unknown;
  /** Differs from the payload in something, and is shown so. */
  readonly sound: unknown;
  readonly shown: (admin: Administrator, agent: ApiAgent) => Promise<unknown>;
  readonly becomes: object;
}

export const samples: Readonly<Record<DiscoveryType, Sample>> = {
  host_discovery: {
    payload: host,
    sound: { ...host, hostname: "sound" },
    shown: (admin, { id }) => admin.host(id),
    becomes: { hostname: "sound", systemd_units: host.systemd_units },
  },
  cloud_discovery: {
    payload: azure,
    sound: { ...azure, Provider: "kvm" },
    shown: (admin, { id }) => admin.host(id),
    becomes: { provider: "kvm", provider_data: null },
  },
  subscription_discovery: {
    payload: [
      {
        ...subscriptionPayload[0],
        subscription_status: "ACTIVE",
        type: "internal",
        starts_at: "now",
        expires_at: "",
      },
    ],
    sound: subscriptionPayload,
    shown: (admin, { id }) => admin.host(id),
    becomes: { sles_subscriptions: [{ identifier: "SLES_SAP", starts_at: null }] },
  },
  saptune_discovery: {
    payload: saptune,
    sound: { saptune_installed: true, package_version: "3.2.0", status: null },
    shown: (admin, { id }) => admin.host(id),
    becomes: { saptune_status: { package_version: "3.2.0" } },
  },
  sap_system_discovery: {
    payload: databasePayload(label, [tenant], replication("primary", 1)),
    sound: databasePayload(label, [tenant, "another"]),
    shown: (admin) => admin.database(databaseId),
    // Instances that it had in between are still there, absent.
    becomes: {
      sid: "PRD",
      database_instances: expect.arrayContaining([
        expect.objectContaining({ instance_number: "00", system_replication: null, absent_at: null }),
      ]),
    },
  },
  ha_cluster_discovery: {
    payload: scaleUp({ top: { Id: label } }),
    sound: scaleUp({ top: { Id: label, Name: "sound" } }),
    shown: (admin) => admin.cluster(clusterId),
    becomes: { name: "sound", type: "hana_scale_up", health: "passing" },
  },
};
