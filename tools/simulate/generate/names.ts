/** Names of hosts and systems, none of them twice for as long as there are enough. */

export interface Environment {
  readonly name: string;
  /** The last letter of the SIDs of its systems. */
  readonly letter: string;
}

export const environments: readonly [Environment, ...Environment[]] = [
  { name: "prd", letter: "P" },
  { name: "qas", letter: "Q" },
  { name: "dev", letter: "D" },
  { name: "tst", letter: "T" },
  { name: "sbx", letter: "S" },
];

/** First letters of the SIDs, by what they name. */
const families = { database: "HDGKLMOIUY", ABAP: "NSEBCFAQTV", J2EE: "JPRWXZ" } as const;
export type Family = keyof typeof families;

const MIDDLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/** SIDs that SAP keeps for itself. */
const reserved = new Set(
  "ADD AND DTD END EPS GET GID INT LPT MAP NET NOT OLD OMS OUT PAD SAP SET SID SYS TMP TOP UID".split(" "),
);

export class Names {
  readonly #counts = new Map<string, number>();

  host(prefix: string, { name }: Environment): string {
    const number = this.#next(`${prefix}${name}`) + 1;
    return `${prefix}${name}${String(number).padStart(2, "0")}`;
  }

  sid(family: Family, { letter }: Environment): string {
    const first = families[family];
    for (;;) {
      const number = this.#next(`${family}${letter}`);
      const sid = `${first[Math.floor(number / MIDDLE.length) % first.length]}${MIDDLE[number % MIDDLE.length]}${letter}`;
      if (!reserved.has(sid)) return sid;
    }
  }

  #next(name: string): number {
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    return count;
  }
}
