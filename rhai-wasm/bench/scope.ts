/** Facts as one check of a cluster gets them: a dozen of resources, some kilobytes. */

function primitive(index: number): Record<string, unknown> {
  const types = ["SAPInstance", "IPaddr2", "Filesystem", "external/sbd", "SAPHana", "IPaddr2"];
  return {
    id: index === 4 ? "rsc_sap_PRD_ASCS00" : `rsc_primitive_${index}`,
    type: types[(index + 3) % types.length],
    class: "ocf",
    provider: index % 2 === 0 ? "heartbeat" : "suse",
    operations: ["start", "stop", "monitor"].map((name) => ({
      id: `rsc_primitive_${index}-${name}`,
      name,
      interval: name === "monitor" ? "20" : "0s",
      timeout: String(20 * (index + 1)),
    })),
  };
}

export const scope = {
  facts: {
    corosync_token_timeout: 30000,
    corosync_consensus: 36000,
    cluster_transport: "udpu",
    saptune_tuning: "partial",
    package_version: "2.1.2",
    sid: "PRD",
    primitives: Array.from({ length: 12 }, (_, index) => primitive(index)),
    systems: {
      PRD: [
        { number: "00", host: "sapprdas" },
        { number: "10", host: "sapprder" },
      ],
      QAS: [
        { number: "00", host: "sapqasas" },
        { number: "10", host: "sapqaser" },
      ],
    },
    groups: ["root", "sapsys", "prdadm", "haclient"].map((name, gid) => ({ name, gid })),
  },
  values: { expected_token_timeout: 30000, expected_resource: "rsc_primitive_9" },
  env: { provider: "azure", cluster_type: "ascs_ers", arch: "x86_64" },
};
