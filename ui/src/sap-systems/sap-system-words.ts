/** What an SAP system is, in words. */
import type { EnsaVersion } from "../../../domain/sap-system/state.ts";
import { featuresOf, type InstanceView } from "../instances/instance.ts";

const stacks: readonly (readonly [feature: string, type: string])[] = [
  ["ABAP", "ABAP"],
  ["J2EE", "JAVA"],
];

/** The stacks that its application servers run. */
export function typesOf(instances: readonly Pick<InstanceView, "features">[]): string[] {
  const features = new Set(instances.flatMap((instance) => featuresOf(instance.features)));
  return stacks.filter(([feature]) => features.has(feature)).map(([, type]) => type);
}

const ensaVersions: Readonly<Record<EnsaVersion, string>> = {
  no_ensa: "None",
  ensa1: "ENSA1",
  ensa2: "ENSA2",
};

export function ensaInWords(version: EnsaVersion): string {
  return ensaVersions[version];
}
