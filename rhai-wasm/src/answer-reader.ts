/** Values and errors as the instance writes them; the form is described in `crate/src/encode.rs`. */
import { isErrorKind, RhaiError } from "./errors.ts";
import type { ResultForm } from "./result-forms.ts";
import { RhaiUnsupported, type Tree } from "./values.ts";

/** Up to this length a loop is faster than the decoder. */
const SHORT = 24;

const utf8 = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/** `__proto__` as a key must become a property as any other. */
function put<T>(map: { [key: string]: T }, key: string, value: T): void {
  if (key !== "__proto__") map[key] = value;
  else Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Reads one answer. Made anew for each, since memory that grows moves. */
export class AnswerReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(memory: ArrayBuffer, start: number, length: number) {
    this.#bytes = new Uint8Array(memory, start, length);
    this.#view = new DataView(memory, start, length);
  }

  value<Leaf>(form: ResultForm<Leaf>): Tree<Leaf> {
    const tag = this.#bytes[this.#at];
    this.#at += 1;
    switch (tag) {
      case 0:
        return null;
      case 1:
        return false;
      case 2:
        return true;
      case 5:
        return form.integer(this.#view, this.#step(8));
      case 6:
        return form.float(this.#view.getFloat64(this.#step(8), true));
      case 7:
        return form.char(String.fromCodePoint(this.#count()));
      case 8:
        return this.#text();
      case 9:
        return this.#array(form);
      case 10:
        return this.#map(form);
      case 11:
        return new RhaiUnsupported(this.#text());
      default:
        throw new Error(`no value begins with ${tag}`);
    }
  }

  error(): RhaiError {
    const kind = this.#text();
    const message = this.#text();
    const line = this.#count();
    const column = this.#count();
    return new RhaiError(isErrorKind(kind) ? kind : "system", message, line || null, column || null);
  }

  #array<Leaf>(form: ResultForm<Leaf>): Tree<Leaf>[] {
    const array: Tree<Leaf>[] = [];
    for (let left = this.#count(); left > 0; left -= 1) array.push(this.value(form));
    return array;
  }

  #map<Leaf>(form: ResultForm<Leaf>): { [key: string]: Tree<Leaf> } {
    const map: { [key: string]: Tree<Leaf> } = {};
    for (let left = this.#count(); left > 0; left -= 1) put(map, this.#text(), this.value(form));
    return map;
  }

  #text(): string {
    const length = this.#count();
    const start = this.#step(length);
    const bytes = this.#bytes;
    if (length <= SHORT) {
      let text = "";
      let index = start;
      for (; index < start + length; index += 1) {
        const byte = bytes[index] ?? 0;
        if (byte > 127) break;
        text += String.fromCharCode(byte);
      }
      if (index === start + length) return text;
    }
    return utf8.decode(bytes.subarray(start, start + length));
  }

  #count(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  /** Steps over so many bytes: where they begin. */
  #step(size: number): number {
    const start = this.#at;
    this.#at += size;
    return start;
  }
}
