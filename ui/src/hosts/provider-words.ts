/** Where a host or a cluster runs, in words. */
import { type Provider, providerSchema } from "../../../domain/host/provider.ts";

const providers: Readonly<Record<Provider, string>> = {
  azure: "Azure",
  aws: "AWS",
  gcp: "GCP",
  kvm: "KVM",
  nutanix: "Nutanix",
  vmware: "VMware",
  unknown: "Unknown",
};

/** What is asked for in an address may be no provider at all. */
export function providerInWords(provider: string): string {
  const known = providerSchema.safeParse(provider);
  return known.success ? providers[known.data] : provider;
}
