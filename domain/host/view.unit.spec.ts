/** What clients see of a host lets each provider's data through whole. */
import { describe, expect, it } from "vitest";
import { azureData, saptuneStatus, subscription } from "./examples.spec.ts";
import { providerDataSchema } from "./provider.ts";
import { saptuneStatusOfPackage, saptuneStatusSchema } from "./saptune.ts";
import { slesSubscriptionSchema } from "./subscription.ts";

const aws = {
  account_id: "1",
  ami_id: "ami-1",
  availability_zone: "eu-west-1a",
  data_disk_number: 1,
  instance_id: "i-1",
  instance_type: "t3.micro",
  region: "eu-west-1",
  vpc_id: "vpc-1",
};
const gcp = {
  disk_number: 4,
  image: null,
  instance_name: "db01",
  machine_type: "n1-highmem-8",
  network: "network",
  project_id: "1",
  zone: "europe-west1-b",
};

describe("the view of a host", () => {
  it.each([
    ["azure", azureData],
    ["aws", aws],
    ["gcp", gcp],
    ["none", null],
  ])("holds all data of the provider: %s", (_, data) => {
    expect(providerDataSchema.parse(data)).toEqual(data);
  });

  it.each([
    ["full", saptuneStatus],
    ["known by its package", saptuneStatusOfPackage("3.0.0")],
  ])("holds all of a saptune status that is %s", (_, status) => {
    expect(saptuneStatusSchema.parse(status)).toEqual(status);
  });

  it("holds all of a subscription", () => {
    expect(slesSubscriptionSchema.parse(subscription)).toEqual(subscription);
  });
});
