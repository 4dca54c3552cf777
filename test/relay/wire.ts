/** Protobuf by hand, from the field numbers of the contracts: so that the relay's own types are not tested by themselves. */

export type Field = readonly [
  number: number,
  value: string | number | boolean | Uint8Array | readonly Uint8Array[],
];

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  do {
    const low = Number(left & 0x7fn);
    left >>= 7n;
    bytes.push(left === 0n ? low : low | 0x80);
  } while (left !== 0n);
  return bytes;
}

const tag = (field: number, type: number) => varint(BigInt((field << 3) | type));

function field([number, value]: Field): number[] {
  if (Array.isArray(value)) return value.flatMap((one: Uint8Array) => field([number, one]));
  if (typeof value === "boolean") return [...tag(number, 0), value ? 1 : 0];
  if (typeof value === "number") return [...tag(number, 0), ...varint(BigInt(value))];
  const bytes =
    typeof value === "string" ? new TextEncoder().encode(value) : Uint8Array.from(value as Uint8Array);
  return [...tag(number, 2), ...varint(BigInt(bytes.length)), ...bytes];
}

export function message(...fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(fields.flatMap(field));
}

/** A `google.protobuf.Value`. */
export function asValue(json: unknown): Uint8Array {
  if (json === null) return message([1, 0]);
  if (typeof json === "number") {
    const double = Buffer.alloc(8);
    double.writeDoubleLE(json);
    return Uint8Array.from([...tag(2, 1), ...double]);
  }
  if (typeof json === "string") return message([3, json]);
  if (typeof json === "boolean") return message([4, json]);
  if (Array.isArray(json)) return message([6, message([1, json.map(asValue)])]);
  return message([5, mapOf(1, Object(json))]);
}

/** A map of values as the field of a message. */
export function mapOf(number: number, map: Readonly<Record<string, unknown>>): Uint8Array {
  return message([number, Object.entries(map).map(([key, value]) => message([1, key], [2, asValue(value)]))]);
}

type Read = string | number | Uint8Array;

/** What was read of a message: by field, in order. */
export class Fields {
  readonly #fields = new Map<number, Read[]>();

  constructor(bytes: Uint8Array) {
    let at = 0;
    const number = () => {
      let value = 0n;
      for (let shift = 0n; ; shift += 7n) {
        const byte = bytes[at++] ?? 0;
        value |= BigInt(byte & 0x7f) << shift;
        if (byte < 0x80) return Number(BigInt.asIntN(64, value));
      }
    };
    while (at < bytes.length) {
      const key = number();
      const found = this.#fields.get(key >> 3) ?? [];
      this.#fields.set(key >> 3, found);
      if ((key & 7) === 0) found.push(number());
      else if ((key & 7) === 1) {
        found.push(Buffer.from(bytes.subarray(at, at + 8)).readDoubleLE());
        at += 8;
      } else {
        const length = number();
        found.push(bytes.subarray(at, at + length));
        at += length;
      }
    }
  }

  text(number: number): string {
    const [value] = this.#fields.get(number) ?? [];
    return value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
  }

  number(number: number): number {
    const [value] = this.#fields.get(number) ?? [];
    return typeof value === "number" ? value : 0;
  }

  texts(number: number): string[] {
    return this.#bytes(number).map((bytes) => new TextDecoder().decode(bytes));
  }

  all(number: number): Fields[] {
    return this.#bytes(number).map((bytes) => new Fields(bytes));
  }

  one(number: number): Fields {
    return this.all(number)[0] ?? new Fields(new Uint8Array());
  }

  /** A map whose keys are texts. */
  map(number: number): ReadonlyMap<string, Fields> {
    return new Map(this.all(number).map((entry) => [entry.text(1), entry.one(2)]));
  }

  #bytes(number: number): Uint8Array[] {
    return (this.#fields.get(number) ?? []).filter((one) => one instanceof Uint8Array);
  }
}
