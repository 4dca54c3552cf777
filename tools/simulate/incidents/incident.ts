/** Something that happens in a landscape: it changes the model, step by step; the last step ends it. */
import type { Installation } from "../model/installation.ts";
import type { Random } from "../random.ts";

export interface Step {
  /** One plain sentence, with names. */
  readonly line: string;
  change(): void;
}

export interface Plan {
  /** Its agents see what happens. */
  readonly installation: Installation;
  readonly steps: readonly Step[];
}

export interface Stage {
  /** Where nothing else happens at the moment. */
  readonly installations: readonly Installation[];
  readonly random: Random;
  /** Of the incident in the story. */
  readonly number: number;
}

export interface Incident {
  readonly name: string;
  /** For the help text. */
  readonly description: string;
  /** What happens stays: nothing brings back what was before. */
  readonly stays?: boolean;
  /** @returns null where there is nothing that it could happen to */
  plan(stage: Stage): Plan | null;
}

/** Plans for one of what the installations have of it. */
export function planForOne<T>(
  { installations, random }: Stage,
  candidatesOf: (installation: Installation) => readonly T[],
  stepsOf: (candidate: T) => readonly Step[],
): Plan | null {
  const all = installations.flatMap((installation) =>
    candidatesOf(installation).map((candidate) => ({ installation, candidate })),
  );
  const [first, ...others] = all;
  if (first === undefined) return null;
  const { installation, candidate } = random.pick([first, ...others]);
  return { installation, steps: stepsOf(candidate) };
}
