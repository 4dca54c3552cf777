/** Payloads of every discovery type with all that they may hold; there is no test in here. */
import type { DiscoveryType } from "./envelope.ts";
import { hostPayload } from "./examples.spec.ts";
import { angi, centralServices, node, scaleOut, scaleUp } from "./ha-cluster/examples.spec.ts";
import { application, database, instance } from "./sap-system/examples.spec.ts";

const azure = {
  compute: {
    name: "db01",
    resourceGroupName: "production",
    location: "westeurope",
    vmSize: "Standard_E4s_v3",
    offer: "sles-sap-15-sp3-byos",
    sku: "gen2",
    osProfile: { adminUsername: "cloudadmin" },
    storageProfile: { dataDisks: [{ lun: "0" }] },
  },
};
export const aws = {
  account_id: "12345",
  ami_id: "ami-12345",
  availability_zone: "eu-west-1a",
  data_disk_number: 1,
  instance_id: "i-12345",
  instance_type: "t3.micro",
  region: "eu-west-1",
  vpc_id: "vpc-12345",
};
const gcp = {
  disk_number: 4,
  image: "sles-15",
  instance_name: "vmhana01",
  machine_type: "n1-highmem-8",
  network: "network",
  project_id: "123456",
  zone: "europe-west1-b",
};

const subscription = {
  identifier: "SLES_SAP",
  version: "15.3",
  arch: "x86_64",
  status: "Registered",
  subscription_status: "ACTIVE",
  type: "internal",
  starts_at: "2021-10-18 06:23:46 UTC",
  expires_at: "2026-10-18 06:23:46 UTC",
};

const saptune = {
  saptune_installed: true,
  package_version: "3.1.0",
  status: {
    result: {
      services: { tuned: [], saptune: ["enabled", "active"] },
      "tuning state": "not compliant",
      "configured version": "3",
      "package version": "3.1.0",
      "Solution enabled": ["NETWEAVER"],
      "Notes enabled by Solution": [{ "Solution ID": "NETWEAVER", "Note list": ["941735"] }],
      "Solution applied": [{ "Solution ID": "NETWEAVER", "applied partially": true }],
      "Notes applied by Solution": [{ "Solution ID": "NETWEAVER", "Note list": ["941735"] }],
      "Notes enabled additionally": ["1771258"],
      "Notes enabled": ["941735"],
      "Notes applied": ["941735"],
      staging: { "staging enabled": true, "Notes staged": ["900929"], "Solutions staged": ["HANA"] },
    },
  },
};

const history = [
  { Name: "one", ResourceHistory: [{ Name: "hana", FailCount: 3, MigrationThreshold: 5000 }] },
];
const locations = [{ Id: "not", Node: "one", Resource: "clone-hana", Role: "", Score: "-INFINITY" }];
const properties = {
  "maintenance-mode": "true",
  hana_prd_glob_prim: "NBG",
  hana_prd_site_lss_NBG: "4",
  hana_prd_site_lss_WDF: "4",
};
const told = { history, locations, properties };

const replicated = instance({
  top: {
    SystemReplication: { local_site_id: "1", overall_replication_status: "ACTIVE" },
    HdbnsutilSRstate: {
      mode: "sync",
      operation_mode: "logreplay",
      site_id: "2",
      site_name: "WDF",
      active_primary_site: "1",
      "siteMapping/NBG": ["WDF", "BER"],
      "siteTier/WDF": "2",
    },
  },
});

export const examplesByType: readonly (readonly [DiscoveryType, string, unknown])[] = [
  ["host_discovery", "all", hostPayload],
  ["cloud_discovery", "Azure", { Provider: "azure", Metadata: azure }],
  ["cloud_discovery", "AWS", { Provider: "aws", Metadata: aws }],
  ["cloud_discovery", "GCP", { Provider: "gcp", Metadata: gcp }],
  ["cloud_discovery", "KVM", { Provider: "kvm", Metadata: null }],
  ["subscription_discovery", "one", [subscription]],
  ["saptune_discovery", "all", saptune],
  ["sap_system_discovery", "both kinds", [database({ Instances: [replicated] }), application()]],
  ["ha_cluster_discovery", "scale-up", scaleUp(told)],
  ["ha_cluster_discovery", "scale-out", scaleOut(told)],
  ["ha_cluster_discovery", "angi", angi("ScaleUp", told)],
  [
    "ha_cluster_discovery",
    "central services",
    centralServices({ history, nodes: [node("one"), node("two", { Unclean: true })] }),
  ],
  ["ha_cluster_discovery", "an offline host", { Id: "a cluster", Name: "the cluster", Online: false }],
];
