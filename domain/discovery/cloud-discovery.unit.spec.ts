/** `cloud_discovery` → UpdateProvider: each provider, with all, some or no metadata, in either form of the keys. */
import { describe, expect, it } from "vitest";
import { cloudPolicy } from "./cloud-discovery.ts";
import { agentId, blank, commandData, complaints, droppedFrom, invalid, json } from "./examples.spec.ts";

const provided = (payload: unknown) => commandData("UpdateProvider", cloudPolicy, payload);
const providerOnly = (provider: string) => ({ host_id: agentId, provider, provider_data: null });

const compute = {
  name: "db01",
  resourceGroupName: "production",
  location: "westeurope",
  vmSize: "Standard_E4s_v3",
  offer: "sles-sap-15-sp3-byos",
  sku: "gen2",
  osProfile: { adminUsername: "cloudadmin" },
  storageProfile: { dataDisks: [{ lun: "0" }, { lun: "1" }] },
};
const azure = {
  vm_name: "db01",
  resource_group: "production",
  location: "westeurope",
  vm_size: "Standard_E4s_v3",
  data_disk_number: 2,
  offer: "sles-sap-15-sp3-byos",
  sku: "gen2",
  admin_username: "cloudadmin",
};
const aws = {
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

describe("azure", () => {
  const onAzure = (changed: object) => provided({ Provider: "azure", Metadata: { compute: changed } });

  it("has its metadata read", () => {
    expect(onAzure(compute)).toEqual({ host_id: agentId, provider: "azure", provider_data: azure });
  });

  it("may write its keys in snake case, or in any other", () => {
    const snake = {
      ...{ name: "db01", resource_group_name: "production", location: "westeurope" },
      ...{ VmSize: "Standard_E4s_v3", offer: "sles-sap-15-sp3-byos", sku: "gen2" },
      ...{ os_profile: { AdminUsername: "cloudadmin" }, StorageProfile: { data_disks: [{}, {}] } },
    };
    expect(provided({ provider: "azure", metadata: { Compute: snake } }).provider_data).toEqual(azure);
  });

  it.each([
    ["no storage profile", { storageProfile: undefined }],
    ["a storage profile of null", { storageProfile: null }],
    ["no disks in it", { storageProfile: {} }],
    ["disks of null", { storageProfile: { dataDisks: null } }],
    ["an empty list of disks", { storageProfile: { dataDisks: [] } }],
  ])("has no data disks: %s", (_, change) => {
    expect(onAzure({ ...compute, ...change }).provider_data).toEqual({ ...azure, data_disk_number: 0 });
  });

  it("does not care what a data disk is", () => {
    const storageProfile = { dataDisks: [null, 5, { deep: { er: [] } }] };
    expect(onAzure({ ...compute, storageProfile }).provider_data).toMatchObject({ data_disk_number: 3 });
  });

  it("may tell as little as it likes", () => {
    const nothing = Object.fromEntries(Object.keys(azure).map((key) => [key, null]));
    expect(onAzure({}).provider_data).toEqual({ ...nothing, data_disk_number: 0 });
    expect(onAzure({ name: " ", osProfile: null }).provider_data).toEqual({
      ...nothing,
      data_disk_number: 0,
    });
  });

  it("must tell of its computer when it tells anything", () => {
    expect(complaints(cloudPolicy, { Provider: "azure", Metadata: {} })).toEqual({
      "/Metadata/compute": blank,
    });
  });

  it("has what is wrong named with the keys as sent", () => {
    const wrong = { storageProfile: { dataDisks: "2" }, osProfile: "root" };
    expect(complaints(cloudPolicy, { Provider: "azure", Metadata: { compute: wrong } })).toEqual({
      "/Metadata/compute/storageProfile/dataDisks": invalid,
      "/Metadata/compute/osProfile": invalid,
    });
  });

  it("is read without values that are wrong", () => {
    const wrong = { vmSize: 5, osProfile: { adminUsername: [] }, resourceGroupName: {}, sku: true };
    const payload = { Provider: "azure", Metadata: { compute: { ...compute, ...wrong } } };
    expect(droppedFrom(cloudPolicy, payload)).toEqual({
      "/Metadata/compute/vmSize": invalid,
      "/Metadata/compute/osProfile/adminUsername": invalid,
      "/Metadata/compute/resourceGroupName": invalid,
      "/Metadata/compute/sku": invalid,
    });
    expect(provided(payload).provider_data).toMatchObject({
      vm_name: compute.name,
      vm_size: null,
      admin_username: null,
    });
  });
});

describe("aws", () => {
  it("has its metadata read", () => {
    const data = { host_id: agentId, provider: "aws", provider_data: aws };
    expect(provided({ Provider: "aws", Metadata: aws })).toEqual(data);
    expect(provided({ provider: "aws", metadata: { ...aws, data_disk_number: "1" } })).toEqual(data);
  });

  it.each(Object.keys(aws))("must tell %s when it tells anything", (field) => {
    expect(complaints(cloudPolicy, { Provider: "aws", Metadata: { ...aws, [field]: null } })).toEqual({
      [`/Metadata/${field}`]: blank,
    });
  });

  it("has what is wrong named with the keys as sent", () => {
    const { account_id: _, ...rest } = aws;
    expect(complaints(cloudPolicy, { Provider: "aws", Metadata: { ...rest, AccountId: 5 } })).toEqual({
      "/Metadata/AccountId": invalid,
    });
  });
});

describe("gcp", () => {
  it("has its metadata read", () => {
    const data = { host_id: agentId, provider: "gcp", provider_data: gcp };
    expect(provided({ Provider: "gcp", Metadata: gcp })).toEqual(data);
    expect(provided({ Provider: "gcp", Metadata: { ...gcp, disk_number: "4" } })).toEqual(data);
  });

  it.each([undefined, null, "", " "])("may have no image: %j", (image) => {
    const { provider_data } = provided({ Provider: "gcp", Metadata: { ...gcp, image } });
    expect(provider_data).toEqual({ ...gcp, image: null });
  });

  it.each(Object.keys(gcp).filter((field) => field !== "image"))("must tell %s", (field) => {
    expect(complaints(cloudPolicy, { Provider: "gcp", Metadata: { ...gcp, [field]: "" } })).toEqual({
      [`/Metadata/${field}`]: blank,
    });
  });
});

describe("any provider", () => {
  it.each(["azure", "aws", "gcp", "kvm", "nutanix", "vmware", "unknown"])(
    "%s may have no metadata",
    (name) => {
      expect(provided({ Provider: name, Metadata: null })).toEqual(providerOnly(name));
      expect(provided({ Provider: name })).toEqual(providerOnly(name));
    },
  );

  it.each(["kvm", "nutanix", "vmware", "unknown"])("%s has no metadata to read", (name) => {
    expect(provided({ Provider: name, Metadata: { compute, ...aws } })).toEqual(providerOnly(name));
    expect(provided({ Provider: name, Metadata: "text" })).toEqual(providerOnly(name));
  });

  it.each(["azure", "aws", "gcp"])("%s with metadata that is no object is invalid", (name) => {
    for (const Metadata of ["text", "", 5, false, []]) {
      expect(complaints(cloudPolicy, { Provider: name, Metadata })).toEqual({ "/Metadata": invalid });
    }
  });

  it.each([
    ["null", null],
    ["nothing", undefined],
    ["an empty object", {}],
    ["another shape", { other_provider: { key: "value" } }],
    ["a provider of null", { Provider: null, Metadata: null }],
    ["a blank provider", { Provider: " ", Metadata: aws }],
  ])("is unknown for %s", (_, payload) => {
    expect(provided(payload)).toEqual(providerOnly("unknown"));
  });

  it.each([["ovh"], ["AWS"], [" aws"], ["__proto__"], ["constructor"], [5], [["aws"]], [{}]])(
    "that is %j is unknown",
    (Provider) => {
      const payload = { Provider, Metadata: aws };
      expect(provided(payload)).toEqual(providerOnly("unknown"));
      expect(droppedFrom(cloudPolicy, payload)).toEqual({ "/Provider": invalid });
    },
  );

  it.each([[[]], [[{ Provider: "aws" }]], ["aws"], [5], [true]])("needs an object: %j", (payload) => {
    expect(complaints(cloudPolicy, payload)).toEqual({ "": invalid });
  });

  it("does not fall for JavaScript's own keys", () => {
    const payload = json('{"__proto__":{"Provider":"aws"},"constructor":{"Provider":"kvm"}}');
    expect(provided(payload)).toEqual(providerOnly("unknown"));
    const metadata = json(`{"__proto__":${JSON.stringify(aws)}}`);
    expect(Object.keys(complaints(cloudPolicy, { Provider: "aws", Metadata: metadata }))).toHaveLength(8);
  });
});
