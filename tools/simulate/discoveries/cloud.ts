/** What each provider's metadata service tells, in the form of a `cloud_discovery`. */
import type { SimulatedHost } from "../model/host.ts";

function digits(host: SimulatedHost, count: number): string {
  return host.id.replaceAll("-", "").slice(0, count);
}

function azure(host: SimulatedHost): unknown {
  const disks = host.role === "hana" ? 7 : 1;
  return {
    compute: {
      name: host.hostname,
      resourceGroupName: "rg-sap",
      location: "westeurope",
      vmSize: host.role === "hana" ? "Standard_E16s_v5" : "Standard_D4s_v5",
      offer: "sles-sap-15-sp6",
      sku: "gen2",
      osProfile: { adminUsername: "cloudadmin", computerName: host.hostname },
      storageProfile: {
        dataDisks: Array.from({ length: disks }, (_, lun) => ({
          lun: String(lun),
          name: `${host.hostname}-data${lun}`,
        })),
      },
    },
  };
}

function aws(host: SimulatedHost): unknown {
  return {
    account_id: "123456789012",
    ami_id: `ami-${digits(host, 8)}`,
    availability_zone: "eu-central-1a",
    data_disk_number: host.role === "hana" ? 5 : 1,
    instance_id: `i-${digits(host, 17)}`,
    instance_type: host.role === "hana" ? "r6i.4xlarge" : "m6i.xlarge",
    region: "eu-central-1",
    vpc_id: "vpc-0a1b2c3d",
  };
}

function gcp(host: SimulatedHost): unknown {
  return {
    disk_number: host.role === "hana" ? 4 : 1,
    image: "sles-15-sp6-sap",
    instance_name: host.hostname,
    machine_type: host.role === "hana" ? "n2-highmem-16" : "n2-standard-4",
    network: "sap-network",
    project_id: "sap-landscape",
    zone: "europe-west3-a",
  };
}

export function cloudDiscovery(host: SimulatedHost): unknown {
  const metadata = { azure, aws, gcp, kvm: () => null, nutanix: () => null, vmware: () => null };
  return { Provider: host.provider, Metadata: metadata[host.provider](host) };
}
