/** `cloud_discovery` → UpdateProvider. */
import { z } from "zod";
import { type ProviderData, providerSchema } from "../host/provider.ts";
import { count, oneOf, optionalText, text } from "./cast.ts";
import { objectsIn, optionalListOf, withDefault } from "./collections.ts";
import type { Issue } from "./issue.ts";
import { originalPath, snakeCase } from "./keys.ts";
import { readAs } from "./leniently.ts";
import { commandsWithout, invalid, type Policy } from "./policy.ts";

const objectOf = objectsIn(snakeCase);

const payloadSchema = objectOf({
  provider: oneOf(providerSchema.options, "unknown"),
  metadata: z.unknown().optional(),
});

const azureSchema = objectOf({
  compute: objectOf({
    name: optionalText(),
    resource_group_name: optionalText(),
    location: optionalText(),
    vm_size: optionalText(),
    offer: optionalText(),
    sku: optionalText(),
    os_profile: withDefault({}, objectOf({ admin_username: optionalText() })),
    storage_profile: withDefault({}, objectOf({ data_disks: optionalListOf(z.unknown()) })),
  }),
}).transform(
  ({ compute }): ProviderData => ({
    vm_name: compute.name,
    resource_group: compute.resource_group_name,
    location: compute.location,
    vm_size: compute.vm_size,
    data_disk_number: compute.storage_profile.data_disks.length,
    offer: compute.offer,
    sku: compute.sku,
    admin_username: compute.os_profile.admin_username,
  }),
);

const awsSchema = objectOf({
  account_id: text(),
  ami_id: text(),
  availability_zone: text(),
  data_disk_number: count(),
  instance_id: text(),
  instance_type: text(),
  region: text(),
  vpc_id: text(),
});

const gcpSchema = objectOf({
  disk_number: count(),
  image: optionalText(),
  instance_name: text(),
  machine_type: text(),
  network: text(),
  project_id: text(),
  zone: text(),
});

/** Providers that are not named here have no metadata to read. */
const metadataSchemas: Partial<Record<string, z.ZodType<ProviderData>>> = {
  azure: azureSchema,
  aws: awsSchema,
  gcp: gcpSchema,
};

export const cloudPolicy: Policy = (agentId, payload) => {
  const read = readAs(payloadSchema, payload ?? {}, snakeCase);
  if (!read.ok) return invalid(read.issues);
  const { provider, metadata } = read.data;
  const update = (provider_data: ProviderData | null, dropped: readonly Issue[]) =>
    commandsWithout([...read.dropped, ...dropped], {
      type: "UpdateProvider",
      data: { host_id: agentId, provider, provider_data },
    });

  const schema = metadataSchemas[provider];
  if (schema === undefined || metadata === null || metadata === undefined) return update(null, []);
  const place = originalPath(payload, ["metadata"], snakeCase);
  const within = (issues: readonly Issue[]) =>
    issues.map((issue) => ({ ...issue, path: [...place, ...issue.path] }));
  const data = readAs(schema, metadata, snakeCase);
  return data.ok ? update(data.data, within(data.dropped)) : invalid(within(data.issues));
};
