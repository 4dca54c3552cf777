/** Which facts and values a script names. It looks at the script's words alone: nothing is evaluated. */
import type { Place } from "../places.ts";

export interface UsedName extends Place {
  readonly kind: "facts" | "values";
  readonly name: string;
}

/** What names nothing comes first: comments and texts. A method, as in `facts.keys()`, is no name. */
const inCode =
  /\/\/[^\n]*|\/\*.*?\*\/|(?<raw>#+)".*?"\k<raw>|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<mark>[`{}])|(?<![\w.])(?<kind>facts|values)\s*\.\s*(?<name>[A-Za-z_]\w*)(?!\w|\s*\()/gs;
const inTemplate = /(?<mark>`|\$\{)/g;

function placeOf(source: string, offset: number): Place {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** A name that is used several times comes once, where it is used first. */
export function namesUsed(source: string): UsedName[] {
  const used = new Map<string, UsedName>();
  /** What is open: a text between backticks, the code of one of its `${`, or a block within code. */
  const open: ("`" | "${" | "{")[] = [];
  let offset = 0;
  for (;;) {
    const word = open.at(-1) === "`" ? inTemplate : inCode;
    word.lastIndex = offset;
    const match = word.exec(source);
    if (match === null) return [...used.values()];
    offset = word.lastIndex;
    const { mark, kind, name } = match.groups ?? {};
    if (mark === "`" && open.at(-1) === "`") open.pop();
    else if (mark === "`" || mark === "${" || mark === "{") open.push(mark);
    else if (mark === "}") open.pop();
    if (name === undefined || (kind !== "facts" && kind !== "values")) continue;
    const key = `${kind}.${name}`;
    if (!used.has(key)) used.set(key, { kind, name, ...placeOf(source, match.index) });
  }
}
