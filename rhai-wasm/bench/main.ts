/**
 * Evaluation in WebAssembly against the same engine native, in alternation: `node rhai-wasm/bench/main.ts [rounds]`.
 * Both are built before by `node rhai-wasm/bench/build.ts`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultLimits } from "../src/limits.ts";
import { loadRhaiFromDisk } from "../src/node.ts";
import { BareInstance } from "./bare-instance.ts";
import { scope } from "./scope.ts";
import { median, nanoseconds } from "./timing.ts";

const SLICE = 30;
const rounds = Number(process.argv[2] ?? 7);
const built = join(import.meta.dirname, "../dist");

const sources = readFileSync(join(import.meta.dirname, "cases.rhai"), "utf8").split("\n//---\n");
const names = sources.map((source) => source.slice("//! ".length, source.indexOf("\n")));
// The first case does nothing: what it takes is the conversion of the scope, which all of them have to pay.
names.unshift("(nothing)");
sources.unshift("true");

const rhai = await loadRhaiFromDisk({ timeBudget: Number.POSITIVE_INFINITY });
const encoded = rhai.encode(scope);
const bare = new BareInstance(join(built, "bench.wasm"), defaultLimits, encoded.bytes);
const folder = mkdtempSync(join(tmpdir(), "rhai-bench-"));
writeFileSync(join(folder, "cases"), sources.join("\n//---\n"));
writeFileSync(join(folder, "scope"), encoded.bytes);

interface Figures {
  /** Evaluation over a scope that is there. */
  readonly alone: number;
  /** With a scope made for it: natively and "prepared" from encoded bytes, else from JavaScript's values. */
  readonly whole: number;
  readonly prepared?: number;
}

function nativeRound(): Figures[] {
  const args = [join(folder, "cases"), join(folder, "scope"), String(SLICE)];
  const lines = execFileSync(join(built, "cargo/release/native-bench"), args, { encoding: "utf8" }).trim();
  return lines.split("\n").map((line) => {
    const [alone = Number.NaN, whole = Number.NaN] = line.split(" ").map(Number);
    return { alone, whole };
  });
}

function wasmRound(): Figures[] {
  return sources.map((source) => {
    const script = rhai.compile(source);
    const handle = bare.compile(source);
    const times = (work: () => unknown) => (count: number) => {
      for (let i = 0; i < count; i += 1) work();
    };
    return {
      alone: nanoseconds(SLICE, (count) => bare.repeat(handle, count)),
      prepared: nanoseconds(
        SLICE,
        times(() => script.tryEvaluate(encoded)),
      ),
      whole: nanoseconds(
        SLICE,
        times(() => script.tryEvaluate(scope)),
      ),
    };
  });
}

// The host's compiler goes over hot code again after a while: that is not in the figures.
for (let round = 0; round < 2; round += 1) wasmRound();
const native: Figures[][] = [];
const wasm: Figures[][] = [];
for (let round = 0; round < rounds; round += 1) {
  native.push(nativeRound());
  wasm.push(wasmRound());
}

function of(figures: readonly Figures[][], index: number, figure: keyof Figures): number {
  return median(figures.map((round) => round[index]?.[figure] ?? Number.NaN));
}

const rows = names.map((name, index) => {
  const [alone, whole] = [of(wasm, index, "alone"), of(wasm, index, "whole")];
  const natively = { alone: of(native, index, "alone"), whole: of(native, index, "whole") };
  return {
    name,
    natively,
    alone,
    whole,
    prepared: of(wasm, index, "prepared"),
    ratio: alone / natively.alone,
    wholeRatio: whole / natively.whole,
  };
});
const micro = (value: number) => Number((value / 1000).toFixed(2));
console.log(`scope of ${encoded.bytes.length} bytes`);
console.table(
  rows.map((row) => ({
    case: row.name,
    "native µs": micro(row.natively.alone),
    "wasm µs": micro(row.alone),
    ratio: Number(row.ratio.toFixed(2)),
    "native + scope": micro(row.natively.whole),
    "wasm + encoded": micro(row.prepared),
    "wasm + JS scope": micro(row.whole),
    "ratio with scope": Number(row.wholeRatio.toFixed(2)),
  })),
);
const cases = rows.slice(1);
console.log(`median ratio, evaluation alone: ${median(cases.map(({ ratio }) => ratio)).toFixed(2)}`);
console.log(`median ratio, with the scope: ${median(cases.map(({ wholeRatio }) => wholeRatio)).toFixed(2)}`);
