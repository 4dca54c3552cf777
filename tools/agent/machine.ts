/** What a gatherer may do with the machine that it runs on: read, and run commands that only tell something. */

export interface Entry {
  readonly name: string;
  readonly isDirectory: boolean;
}

export interface Output {
  /** Null where the command could not be run at all, or was ended. */
  readonly code: number | null;
  readonly stdout: string;
  /** What it complained of, or why it could not be run. */
  readonly complaint: string;
}

/** Every reading rejects where there is nothing to read, or it must not be read. */
export interface Machine {
  readFile(path: string): Promise<string>;
  /** In the order of their names. */
  readDirectory(path: string): Promise<readonly Entry[]>;
  /** Whom what a path leads to belongs to. */
  ownerOf(path: string): Promise<{ readonly uid: number; readonly gid: number }>;
  /** Where a path leads to, past all links. */
  realPath(path: string): Promise<string>;
  /** Without a shell, and never for longer than a while. Does not reject. */
  run(command: string, args: readonly string[]): Promise<Output>;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An argument out of a request that a command would take for one of its options. */
export function isOption(argument: string): boolean {
  return argument.startsWith("-");
}
