/**
 * Prometheus' text format. `prom-client`, which the relay uses, cannot be loaded here: it wants the processes and clusters of
 * Node.
 */
import { type Labels, sampleOf, type Tally } from "../../durable-objects/metrics/tally.ts";

type Kind = "counter" | "gauge" | "histogram";

export interface Family {
  readonly name: string;
  readonly kind: Kind;
  readonly help: string;
}

/** By sample. */
export type Samples = readonly (readonly [sample: string, value: number])[];

export function gauge(name: string, labels: Labels, value: number): readonly [string, number] {
  return [sampleOf(name, labels), value];
}

const nameOf = (sample: string) => sample.replace(/\{.*/s, "");

function isOf({ name, kind }: Family, sample: string): boolean {
  const own = nameOf(sample);
  return kind === "histogram" ? new RegExp(`^${name}_(bucket|sum|count)$`).test(own) : own === name;
}

/** Families in the order given; samples of none of them are left out. */
export function exposition(families: readonly Family[], tally: Tally, gauges: Samples): string {
  const samples = [...Object.entries(tally), ...gauges];
  return families
    .map((family) => {
      const own = samples.filter(([sample]) => isOf(family, sample));
      return [
        `# HELP ${family.name} ${family.help}`,
        `# TYPE ${family.name} ${family.kind}`,
        ...own.map(([sample, value]) => `${sample} ${value}`),
      ].join("\n");
    })
    .join("\n")
    .concat("\n");
}
