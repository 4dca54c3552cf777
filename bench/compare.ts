/** Measures the product beside the unavoidable part, in turn, and keeps the median of the ratios. */
import { type LoadOptions, type LoadResult, load } from "./load.ts";
import { type Machine, readMachine } from "./machine.ts";
import { median } from "./median.ts";

export interface Comparison {
  readonly name: string;
  readonly product: LoadResult;
  readonly bare: LoadResult;
  /** Rate of the product by that of the bare part, of the pairs in turn. */
  readonly ratios: readonly number[];
  /** The machine after each of the pairs. */
  readonly machines: readonly Machine[];
  readonly ratio: number;
  readonly goal: number;
}

export async function compare(
  name: string,
  goal: number,
  product: LoadOptions,
  bare: LoadOptions,
  rounds = 5,
): Promise<Comparison> {
  const pairs: { product: LoadResult; bare: LoadResult; machine: Machine }[] = [];
  // A first pair that is not counted: code is compiled, objects are made.
  for (let round = -1; round < rounds; round += 1) {
    const pair = { bare: await load(bare), product: await load(product) };
    if (round >= 0) pairs.push({ ...pair, machine: readMachine() });
  }
  const ratios = pairs.map((pair) => pair.product.rate / pair.bare.rate);
  const ratio = median(ratios);
  const middle = pairs[ratios.indexOf(ratio)];
  if (middle === undefined) throw new Error("nothing was measured");
  const machines = pairs.map(({ machine }) => machine);
  const { product: measured, bare: beside } = middle;
  return { name, product: measured, bare: beside, ratios, machines, ratio, goal };
}
