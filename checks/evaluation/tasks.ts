/**
 * What takes long because of what somebody else wrote: scripts of checks, and files of catalogues. Each task stands by itself, and is plain
 * data, as its result is: it can be done in another process.
 */
import type { CatalogueFile } from "../catalogue/read-catalogue.ts";
import { type ReadCheck, readCheck } from "../catalogue/read-check.ts";
import type { Expectation } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";
import type { Fact } from "../facts.ts";
import type { ResolvedValue } from "../results.ts";
import { firstThatHolds } from "../selection/condition.ts";
import { type Exclusion, exclusionOf } from "../selection/exclusion.ts";
import type { Steps } from "../steps.ts";
import { type Evaluated, evaluateExpectation } from "./expectations.ts";
import { scopeOf } from "./scope.ts";

/** The expectations of a check over what one target told of it. */
export interface ExpectationsTask {
  readonly expectations: readonly Expectation[];
  readonly facts: readonly Fact[];
  readonly values: readonly ResolvedValue[];
}
/** Conditions on what is known of a target, of which the first that holds is looked for. */
export interface ConditionsTask {
  readonly env: Readonly<Record<string, unknown>>;
  readonly expressions: readonly string[];
}
/** Whether a check is left out on a host. */
export interface ExclusionTask {
  readonly exclude: string;
  readonly host: Readonly<Record<string, unknown>>;
}

export interface Tasks {
  readonly expectations: { readonly task: ExpectationsTask; readonly result: readonly Evaluated[] };
  /** Index of the first that holds; null where none does. */
  readonly conditions: { readonly task: ConditionsTask; readonly result: number | null };
  readonly exclusions: { readonly task: ExclusionTask; readonly result: Exclusion };
  readonly files: { readonly task: CatalogueFile; readonly result: ReadCheck };
}
export type Kind = keyof Tasks;
export type Task<K extends Kind> = Tasks[K]["task"];
export type Result<K extends Kind> = Tasks[K]["result"];

interface Work<K extends Kind> {
  steps(task: Task<K>, evaluator: Evaluator): Steps<Result<K>>;
  /** About how many scripts of usual size are as much work. */
  weight(task: Task<K>): number;
  /** The result of a task that was given up. */
  givenUp(task: Task<K>): Result<K>;
}

/** Characters of a file that are as much work as a script. */
const CHARACTERS = 2_500;
export const TOOK_TOO_LONG = "took_too_long";

function* expectationsSteps(
  { expectations, facts, values }: ExpectationsTask,
  evaluator: Evaluator,
): Steps<Evaluated[]> {
  const scope = evaluator.prepare(scopeOf(facts, values));
  const evaluated: Evaluated[] = [];
  for (const expectation of expectations) {
    evaluated.push(yield* evaluateExpectation(expectation, scope));
    yield;
  }
  return evaluated;
}

const works: { readonly [K in Kind]: Work<K> } = {
  expectations: {
    steps: expectationsSteps,
    weight: ({ expectations }) => expectations.length,
    givenUp: ({ expectations }) =>
      expectations.map(({ name }) => ({
        ok: false,
        evaluation: {
          name,
          type: TOOK_TOO_LONG,
          message: "The scripts of this check took too long on this target, and were given up",
        },
      })),
  },
  conditions: {
    *steps({ env, expressions }, evaluator) {
      return yield* firstThatHolds(expressions, evaluator.prepare({ env }));
    },
    weight: ({ expressions }) => expressions.length,
    givenUp: () => null,
  },
  exclusions: {
    *steps({ exclude, host }, evaluator) {
      yield;
      return exclusionOf({ exclude }, host, evaluator);
    },
    weight: () => 1,
    givenUp: () => ({ isExcluded: false, warning: "The expression took too long, and was given up" }),
  },
  files: {
    *steps({ name, content }) {
      yield;
      return readCheck(name, content);
    },
    weight: ({ content }) => 1 + content.length / CHARACTERS,
    givenUp: ({ name }) => {
      const message = "Reading the file took too long, and was given up";
      return { check: null, defects: [{ file: name, line: 1, column: 1, message }] };
    },
  },
};

export function taskSteps<K extends Kind>(kind: K, task: Task<K>, evaluator: Evaluator): Steps<Result<K>> {
  return works[kind].steps(task, evaluator);
}

export function weightOf<K extends Kind>(kind: K, task: Task<K>): number {
  return works[kind].weight(task);
}

export function givenUp<K extends Kind>(kind: K, task: Task<K>): Result<K> {
  return works[kind].givenUp(task);
}
