/** What the recorded discoveries of 27 hosts lead to, in the terms of the API. */

const hana = [
  { id: "7965f822-0254-5858-abca-f6e8b4c27714", name: "hana_cluster_1", sid: "HDD", health: "critical" },
  { id: "fa0d74a3-9240-5d9e-99fa-61c4137acf81", name: "hana_cluster_2", sid: "HDQ", health: "passing" },
  { id: "469e7be5-4e20-5007-b044-c6f540a87493", name: "hana_cluster_3", sid: "HDP", health: "passing" },
].map((cluster) => ({ ...cluster, type: "hana_scale_up", additional_sids: [], resources_number: 7 }));

const centralServices = [
  { id: "5284f376-c1f4-5178-8966-d490df3dab4f", additional_sids: ["NWD"] },
  { id: "fb861bce-d212-56b5-8786-74afd6eb58cb", additional_sids: ["NWQ"] },
  { id: "0eac831a-aa66-5f45-89a4-007fbd2c5714", additional_sids: ["NWP"] },
].map((cluster) => ({
  ...cluster,
  name: "netweaver_cluster",
  type: "ascs_ers",
  sid: "",
  health: "passing",
  resources_number: 9,
}));

const storage = [
  "6bd7ec60-8cb1-5c6b-a892-29e1fd2f8380",
  "8a66f8fb-5fe9-51b3-a34c-24321271a4e3",
  "c7a1e943-bf46-590b-bd26-bfc7c78def97",
].map((id) => ({
  id,
  name: "drbd_cluster",
  type: "unknown",
  sid: "",
  additional_sids: [],
  health: "unknown",
  resources_number: 9,
  details: null,
}));

/** Two hosts each, all at Azure. */
export const clusters = [...hana, ...centralServices, ...storage].map((cluster) => ({
  ...cluster,
  provider: "azure",
  hosts_number: 2,
  stale_at: null,
  state: cluster.name === "hana_cluster_1" ? "S_TRANSITION_ENGINE" : "S_IDLE",
}));

export const databases = [
  { id: "f534a4ad-cef7-5234-b196-e67082ffb50c", sid: "HDD" },
  { id: "6c9208eb-a5bb-57ef-be5c-6422dedab602", sid: "HDP" },
  { id: "cd52e571-c897-5bba-b0f9-e155ceca1fff", sid: "HDQ" },
];

export const systems = [
  { id: "67b247e4-ab5b-5094-993a-a4fd70d0e8d1", sid: "NWD", database_sid: "HDD", db_host: "10.100.1.13" },
  { id: "eb7bc03e-166f-5ed0-b22d-79672d110d04", sid: "NWP", database_sid: "HDP", db_host: "10.80.1.13" },
  { id: "6748d2dd-b5a1-5599-895c-d1308b2d6541", sid: "NWQ", database_sid: "HDQ", db_host: "10.90.1.13" },
];

const databaseInstance = {
  instance_number: "10",
  features: "HDB|HDB_WORKER",
  http_port: 51013,
  https_port: 51014,
  start_priority: "0.3",
  status: "green",
  health: "passing",
  absent_at: null,
  stale_at: null,
};
const primary = {
  ...databaseInstance,
  system_replication: "Primary",
  system_replication_site: "NBG",
  system_replication_tier: 1,
  system_replication_status: "ACTIVE",
};
const secondary = {
  ...databaseInstance,
  system_replication: "Secondary",
  system_replication_site: "WDF",
  system_replication_tier: 2,
  system_replication_mode: "sync",
  system_replication_operation_mode: "logreplay",
  system_replication_source_site: "NBG",
};

/** Instances of each database, by site. */
export const replication = [primary, secondary];

const applicationServer = { features: "ABAP|GATEWAY|ICMAN|IGS", start_priority: "3" };
/** Instances of each system, and the last part of the name of the host that each is on. */
export const layout = [
  {
    place: "01",
    instance_number: "00",
    features: "MESSAGESERVER|ENQUE",
    http_port: 50013,
    start_priority: "1",
  },
  { place: "03", instance_number: "01", http_port: 50113, ...applicationServer },
  { place: "04", instance_number: "02", http_port: 50213, ...applicationServer },
  { place: "02", instance_number: "10", features: "ENQREP", http_port: 51013, start_priority: "0.5" },
];

/** What is in the names of a system's hosts. */
export const environments: Readonly<Record<string, string>> = { NWD: "dev", NWP: "prd", NWQ: "qas" };

const groups = ["dev", "prd", "qas"].flatMap((name): [string, number][] => [
  [`vmdrbd${name}`, 2],
  [`vmhdb${name}`, 2],
  [`vmnw${name}`, 4],
]);
export const hostnames = [
  ...groups.flatMap(([name, count]) => Array.from({ length: count }, (_, index) => `${name}0${index + 1}`)),
  ...Array.from({ length: 3 }, () => "vmiscsi01"),
].sort();

export const hostHealth = (hostname: string): string => {
  if (hostname.startsWith("vmnwprd")) return "critical";
  return /^vm(hdb|nw)(dev|qas)/.test(hostname) ? "warning" : "passing";
};
