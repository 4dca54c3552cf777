/** What is said of each figure, and which of them miss their goals. */
import type { Comparison } from "./compare.ts";
import { inWords, type Machine, readMachine } from "./machine.ts";
import { judge } from "./verdict.ts";

const WORDS = { met: "met", noisy: "missed, by less than its rounds differ", missed: "missed" };

export class Report {
  readonly #tell: (line: string) => void;
  readonly #missed: string[] = [];

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  /** What misses its goal by more than its rounds differ. */
  get missed(): readonly string[] {
    return this.#missed;
  }

  title(text: string): void {
    this.#tell(text);
  }

  line(text: string): void {
    this.#tell(`  ${text}`);
  }

  /** How the machine is just now. */
  machine(machine: Machine = readMachine()): void {
    this.line(`(${inWords(machine)})`);
  }

  /** @returns in words whether a figure that is not made of rounds reaches its goal, which is `text` */
  goal(name: string, isMet: boolean, text: string): string {
    if (!isMet) this.#missed.push(name);
    return `goal ${text}, ${isMet ? "met" : "missed"}`;
  }

  comparison({ name, ratio, ratios, machines, goal, product, bare }: Comparison): void {
    const verdict = judge(ratios, goal);
    if (verdict === "missed") this.#missed.push(name);
    this.title(name);
    const rounds = ratios.map((one) => one.toFixed(2)).join(" ");
    const aim = goal === 0 ? "" : `goal ${goal}, ${WORDS[verdict]}; `;
    this.line(`ratio ${ratio.toFixed(2)} (${aim}rounds ${rounds})`);
    for (const [label, result] of Object.entries({ product, bare })) {
      this.line(
        `${label.padEnd(8)}${result.rate.toFixed(0).padStart(7)}/s  p50 ${result.p50.toFixed(1)}  p95 ${result.p95.toFixed(1)}  p99 ${result.p99.toFixed(1)} ms`,
      );
    }
    const each = (value: (machine: Machine) => number) =>
      machines.map((machine) => value(machine).toFixed(1)).join(" ");
    this.line(`fsync ${each(({ fsync }) => fsync)} ms, load ${each(({ load }) => load)}, round by round`);
  }
}
