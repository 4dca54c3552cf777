/** Where things stand in a check's file. */
import { type Document, isMap, isNode, isScalar, type LineCounter, type Node, Scalar } from "yaml";
import { type Fault, readYaml } from "./yaml.ts";

export interface Place {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

/** Aliases multiply what they name: checks have no use for more than a few. */
const MOST_ALIASES = 100;

/** What stands for one character between quotes. */
const quoted: Readonly<Record<string, RegExp>> = {
  [Scalar.QUOTE_DOUBLE]: /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)|./gisu,
  [Scalar.QUOTE_SINGLE]: /''|./gsu,
};

export class Places {
  readonly #document: Document.Parsed | null;
  readonly #lines: LineCounter;
  readonly #content: string;
  readonly #fault: Fault | null;

  constructor(content: string) {
    const { document, lines, fault } = readYaml(content);
    this.#content = content;
    this.#document = document;
    this.#lines = lines;
    this.#fault = fault;
  }

  /** Where the file is no YAML, and why; null where it is. */
  get broken(): (Place & { readonly message: string }) | null {
    return this.#fault === null ? null : { ...this.#at(this.#fault.offset), message: this.#fault.message };
  }

  /** What the file says, with whatever keys. @throws on too many aliases */
  get value(): unknown {
    return this.#document?.toJS({ maxAliasCount: MOST_ALIASES });
  }

  has(path: readonly PropertyKey[]): boolean {
    return this.#document?.hasIn(path) ?? false;
  }

  /** Where a path leads; where it leads nowhere, what comes next before it. */
  of(path: readonly PropertyKey[]): Place {
    return this.#at(this.#nodeAt(path)?.range?.[0] ?? 0);
  }

  /** Where the last key of a path stands, rather than what it says. */
  ofKey(path: readonly PropertyKey[]): Place {
    const map = path.length === 1 ? this.#document?.contents : this.#document?.getIn(path.slice(0, -1), true);
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : null;
    return isNode(pair?.key) && pair.key.range ? this.#at(pair.key.range[0]) : this.of(path);
  }

  /** A place inside the text that stands at a path; where its lines are not the file's, that of the whole text. */
  inText(path: readonly PropertyKey[], line: number, column: number): Place {
    const node = this.#nodeAt(path);
    if (!isScalar(node) || !node.range || typeof node.value !== "string") return this.of(path);
    const start = this.#at(node.range[0]);
    if (node.type === Scalar.BLOCK_LITERAL) return this.#inBlock(start, node.value, line, column);
    const source = this.#content.slice(node.range[0], node.range[1]);
    if (node.type === Scalar.BLOCK_FOLDED || source.includes("\n") || line !== 1) return start;
    const characters = quoted[node.type ?? ""];
    if (characters === undefined) return { line: start.line, column: start.column + column - 1 };
    const before =
      source
        .slice(1)
        .match(characters)
        ?.slice(0, column - 1) ?? [];
    return { line: start.line, column: start.column + 1 + before.join("").length };
  }

  /** A block's first line is the one below the `|`, and each is indented in the file. */
  #inBlock(start: Place, text: string, line: number, column: number): Place {
    const lines = text.trimEnd().split("\n");
    // Where something is missing at the end, the place is at the end too, not in what comes after the block.
    const isBeyond = line > lines.length;
    const number = isBeyond ? lines.length : line;
    const own = lines[number - 1] ?? "";
    const inFile = (this.#content.split("\n")[start.line + number - 1] ?? "").replace(/\r$/, "");
    const indent = Math.max(inFile.trimEnd().length - own.trimEnd().length, 0);
    return { line: start.line + number, column: indent + (isBeyond ? own.length + 1 : column) };
  }

  #nodeAt(path: readonly PropertyKey[]): Node | null {
    for (let length = path.length; length >= 0; length -= 1) {
      const node =
        length === 0 ? this.#document?.contents : this.#document?.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node;
    }
    return null;
  }

  #at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}
