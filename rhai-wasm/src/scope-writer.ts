/** Scopes as the instance reads them; the form is described in `crate/src/decode.rs`. */
import { RhaiError } from "./errors.ts";
import { RhaiChar, RhaiFloat, RhaiUnsupported, type Scope } from "./values.ts";

/** Deepest nesting that goes in: as deep as what comes out. */
const MAX_DEPTH = 128;
/** Up to this length a loop is faster than the encoder. */
const SHORT = 64;
const INITIAL = 4096;
const KEPT = 1024 * 1024;
const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const FLOAT_MIN = -(2 ** 63);
const FLOAT_MAX = 2 ** 63;

const utf8 = new TextEncoder();

function tooLarge(): RhaiError {
  return new RhaiError("data_too_large", "Size of the scope too large");
}

/** Objects of a class (dates, sets, …) have no meaning in a script: only what `{}` and `JSON.parse` make is a map. */
function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The second test is for objects of another realm.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** Reused from scope to scope. */
export class ScopeWriter {
  readonly #limit: number;
  #bytes = new Uint8Array(INITIAL);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Valid until the next call. Throws RhaiError when the scope is too large, TypeError or RangeError when it is none. */
  write(scope: Scope): Uint8Array {
    this.#length = 0;
    const names = Object.keys(scope);
    this.#count(names.length);
    for (const name of names) {
      this.#text(name);
      this.#value(scope[name], 0);
    }
    if (this.#length > this.#limit) throw tooLarge();
    const written = this.#bytes.subarray(0, this.#length);
    // A large scope is rare: its buffer goes, the one that all others fit in stays.
    if (this.#bytes.length > KEPT) this.#use(new Uint8Array(INITIAL));
    return written;
  }

  #value(value: unknown, depth: number): void {
    if (typeof value === "string") {
      this.#tag(8);
      this.#text(value);
    } else if (typeof value === "number") {
      this.#number(value);
    } else if (typeof value === "boolean") {
      this.#tag(value ? 2 : 1);
    } else if (value === null || value === undefined) {
      this.#tag(0);
    } else if (typeof value === "object") {
      this.#object(value, depth);
    } else if (typeof value === "bigint") {
      this.#bigint(value);
    } else {
      throw new TypeError(`a ${typeof value} is no value of a script`);
    }
  }

  /** Integers beyond 64 bits are floats in JSON too, so they stay what they are. */
  #number(value: number): void {
    if ((value | 0) === value) {
      this.#tag(3);
      const at = this.#grow(4);
      this.#view.setInt32(at, value, true);
    } else {
      const integer = Number.isInteger(value) && value >= FLOAT_MIN && value < FLOAT_MAX;
      this.#tag(integer ? 4 : 6);
      this.#float(value);
    }
  }

  #float(value: number): void {
    const at = this.#grow(8);
    this.#view.setFloat64(at, value, true);
  }

  #bigint(value: bigint): void {
    if (value < INT_MIN || value > INT_MAX) throw new RangeError(`no 64-bit integer: ${value}`);
    this.#tag(5);
    const at = this.#grow(8);
    this.#view.setBigInt64(at, value, true);
  }

  #object(value: object, depth: number): void {
    if (depth >= MAX_DEPTH) throw new RhaiError("data_too_large", "Nesting of the scope too large");
    if (Array.isArray(value)) {
      this.#tag(9);
      this.#count(value.length);
      for (let index = 0; index < value.length; index += 1) this.#value(value[index], depth + 1);
    } else if (isPlain(value)) {
      const keys = Object.keys(value);
      this.#tag(10);
      this.#count(keys.length);
      for (const key of keys) {
        this.#text(key);
        this.#value(value[key], depth + 1);
      }
    } else {
      this.#wrapper(value);
    }
  }

  #wrapper(value: object): void {
    if (value instanceof RhaiFloat) {
      this.#tag(6);
      this.#float(value.value);
    } else if (value instanceof RhaiChar) {
      this.#tag(7);
      this.#count(value.value.codePointAt(0) ?? 0);
    } else {
      const name = value instanceof RhaiUnsupported ? value.typeName : value.constructor.name;
      throw new TypeError(`an object of type ${name} is no value of a script`);
    }
  }

  #tag(tag: number): void {
    const at = this.#grow(1);
    this.#bytes[at] = tag;
  }

  #count(count: number): void {
    const at = this.#grow(4);
    this.#view.setUint32(at, count, true);
  }

  #text(text: string): void {
    const { length } = text;
    if (length > this.#limit) throw tooLarge();
    this.#reserve(4 + 3 * length);
    const start = this.#length + 4;
    let written = 0;
    if (length <= SHORT) {
      const bytes = this.#bytes;
      for (; written < length; written += 1) {
        const unit = text.charCodeAt(written);
        if (unit > 127) break;
        bytes[start + written] = unit;
      }
    }
    if (written < length) written = utf8.encodeInto(text, this.#bytes.subarray(start)).written;
    this.#view.setUint32(this.#length, written, true);
    this.#length = start + written;
  }

  /** Makes room for so many bytes and steps over them: where they begin. The buffer may be another one afterwards. */
  #grow(size: number): number {
    const start = this.#length;
    if (start + size > this.#bytes.length) this.#reserve(size);
    this.#length = start + size;
    return start;
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    if (this.#length > this.#limit) throw tooLarge();
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#use(larger);
  }

  #use(bytes: Uint8Array<ArrayBuffer>): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}
