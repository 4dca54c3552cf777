/** Where a host runs, and what its provider tells about it. */
import { z } from "zod";

export const providerSchema = z.enum(["azure", "aws", "gcp", "kvm", "nutanix", "vmware", "unknown"]);
export type Provider = z.infer<typeof providerSchema>;

const nullableText = z.string().nullable();

export const azureProviderSchema = z.object({
  vm_name: nullableText,
  resource_group: nullableText,
  location: nullableText,
  vm_size: nullableText,
  data_disk_number: z.int().nullable(),
  offer: nullableText,
  sku: nullableText,
  admin_username: nullableText,
});

export const awsProviderSchema = z.object({
  account_id: z.string(),
  ami_id: z.string(),
  availability_zone: z.string(),
  data_disk_number: z.int(),
  instance_id: z.string(),
  instance_type: z.string(),
  region: z.string(),
  vpc_id: z.string(),
});

export const gcpProviderSchema = z.object({
  disk_number: z.int(),
  image: nullableText,
  instance_name: z.string(),
  machine_type: z.string(),
  network: z.string(),
  project_id: z.string(),
  zone: z.string(),
});

export const providerDataSchema = z
  .union([azureProviderSchema, awsProviderSchema, gcpProviderSchema])
  .nullable();
export type ProviderData = z.infer<typeof providerDataSchema>;
