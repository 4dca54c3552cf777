/** A command on its way to a stream, and what the stream answers. */
import type { Command } from "../../domain/decider.ts";
import type { EventMetadata, StreamName } from "./events.ts";

/** What the sender believes about the stream: its exact version, that it is there, that it is not, or nothing. */
export type ExpectedVersion = number | "any" | "no_stream" | "stream_exists";

export interface CommandRequest<C extends Command> {
  readonly stream: StreamName;
  readonly command: C;
  /** The same id twice returns the first outcome. */
  readonly commandId: string;
  /**
   * `when_changed`: an outcome without events is not kept, so that the usual repetition of an agent writes nothing. For
   * commands that state what is, and have no effect when repeated. Default `always`.
   */
  readonly keepOutcome?: "always" | "when_changed";
  readonly expected?: ExpectedVersion;
  readonly metadata: EventMetadata;
}

export type CommandOutcome<Refusal extends string = string> =
  /** `events` are the types of the events appended, in order; none when nothing changed. */
  | { readonly status: "accepted"; readonly version: number; readonly events: readonly string[] }
  | { readonly status: "refused"; readonly error: Refusal }
  | { readonly status: "conflict"; readonly expected: ExpectedVersion; readonly actual: number }
  /** The aggregate is gone: its stream takes no more events until it is restored. */
  | { readonly status: "closed" }
  /** An event would not fit in a row, its own or that of a read model. */
  | { readonly status: "too_large"; readonly bytes: number; readonly limit: number };

/** `no_stream` and version 0 are the same: a stream that was never written. */
export function meetsExpectation(expected: ExpectedVersion, actual: number): boolean {
  switch (expected) {
    case "any":
      return true;
    case "no_stream":
      return actual === 0;
    case "stream_exists":
      return actual > 0;
    default:
      return actual === expected;
  }
}
