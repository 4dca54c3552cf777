/** YAML as files of checks have it: one document, no key twice in a map, and no deeper than a check has any use for. */
import { Composer, type Document, isScalar, Lexer, LineCounter, Parser, type Scalar, visit } from "yaml";

/** Levels of lists and maps within each other. The library has no limit of its own but the stack. */
const DEEPEST = 100;
/** Names, values and signs of one file: putting them together takes some microseconds each, and cannot be interrupted. */
const MOST_WORDS = 60_000;
/** What an alias stands for is looked for from the beginning of the file, each time. */
const MOST_ALIASES = 100;

export interface Fault {
  readonly offset: number;
  readonly message: string;
}

export interface ReadYaml {
  readonly document: Document.Parsed | null;
  readonly lines: LineCounter;
  /** Null where the file is a document as it should be. */
  readonly fault: Fault | null;
}

class TooMuch extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** The lexer puts this before each word that stands without quotes. */
const PLAIN = "\u001f";

/** As the library's own parser does it, and no further than a check has any use for. */
function* tokensOf(content: string, lines: LineCounter) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let [words, aliases, before] = [0, 0, ""];
  for (const lexeme of new Lexer().lex(content)) {
    yield* parser.next(lexeme);
    words += 1;
    if (lexeme.startsWith("*") && before !== PLAIN) aliases += 1;
    before = lexeme;
    if (parser.stack.length > DEEPEST)
      throw new TooMuch(parser.offset, `Lists and maps are nested deeper than ${DEEPEST} levels`);
    if (words > MOST_WORDS)
      throw new TooMuch(parser.offset, `There are more than ${MOST_WORDS} words and signs`);
    if (aliases > MOST_ALIASES)
      throw new TooMuch(parser.offset, `There are more than ${MOST_ALIASES} aliases`);
  }
  yield* parser.end();
}

/** The library compares each key with all keys before it, which takes seconds where there are many thousands. */
function repeatedKey(document: Document.Parsed): Fault | null {
  let fault: Fault | null = null;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          fault = { offset: offsetOf(key), message: `Map keys must be unique: ${String(key.value)}` };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return fault;
}

function offsetOf({ range }: Scalar): number {
  return range?.[0] ?? 0;
}

export function readYaml(content: string): ReadYaml {
  const lines = new LineCounter();
  const composer = new Composer({ lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  try {
    const [document = null, second] = composer.compose(tokensOf(content, lines), true, content.length);
    const [error] = document?.errors ?? [];
    if (document === null || error !== undefined)
      return {
        document,
        lines,
        fault: { offset: error?.pos[0] ?? 0, message: error?.message ?? "It is empty" },
      };
    if (second === undefined) return { document, lines, fault: repeatedKey(document) };
    const message = "There is a second document: each check has a file of its own";
    return { document, lines, fault: { offset: second.range[0], message } };
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return { document: null, lines, fault: { offset: error.offset, message: error.message } };
  }
}
