/**
 * Prometheus' text format. `prom-client`, which the relay uses, cannot be loaded here: it wants the processes and clusters of
 * Node.
 */
import { BUCKETS, type Labels, sampleOf, type Tally } from "../../durable-objects/metrics/tally.ts";

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

const BUCKET = /^(\w+_bucket\{.*?,?)le="([^"]+)"\}$/;

/** What falls into a bucket falls into all that are larger, too. */
function accumulated(samples: Samples): Samples {
  const others = samples.filter(([sample]) => !BUCKET.test(sample));
  const counted = new Map<string, Map<string, number>>();
  for (const [sample, value] of samples) {
    const [, before, le] = BUCKET.exec(sample) ?? [];
    if (before === undefined || le === undefined) continue;
    const own = counted.get(before) ?? new Map<string, number>();
    counted.set(before, own.set(le, value));
  }
  const buckets = [...counted].flatMap(([before, own]) => {
    let sum = 0;
    return [...BUCKETS.map(String), "+Inf"].map((le): readonly [string, number] => {
      sum += own.get(le) ?? 0;
      return [`${before}le="${le}"}`, sum];
    });
  });
  return [...buckets, ...others];
}

/** Families in the order given; samples of none of them are left out. */
export function exposition(families: readonly Family[], tally: Tally, gauges: Samples): string {
  const samples = [...Object.entries(tally), ...gauges];
  return families
    .map((family) => {
      const found = samples.filter(([sample]) => isOf(family, sample));
      const own = family.kind === "histogram" ? accumulated(found) : found;
      return [
        `# HELP ${family.name} ${family.help}`,
        `# TYPE ${family.name} ${family.kind}`,
        ...own.map(([sample, value]) => `${sample} ${value}`),
      ].join("\n");
    })
    .join("\n")
    .concat("\n");
}
