/** Values that JavaScript has no type of its own for. */

/** A Rhai float, also when it is integral: `float(2)` is `2.0`, where a mere `2` is the integer. */
export class RhaiFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** A Rhai character: one Unicode scalar value. */
export class RhaiChar {
  readonly value: string;

  constructor(value: string) {
    const length = (value.codePointAt(0) ?? 0) > 0xffff ? 2 : 1;
    if (value.length !== length || !value.isWellFormed())
      throw new RangeError(`not one character: ${JSON.stringify(value)}`);
    this.value = value;
  }
}

/** A result that has no counterpart here (a range, a function, a blob): all that is left is the name of its type. */
export class RhaiUnsupported {
  readonly typeName: string;

  constructor(typeName: string) {
    this.typeName = typeName;
  }
}

export function float(value: number): RhaiFloat {
  return new RhaiFloat(value);
}

export function char(value: string): RhaiChar {
  return new RhaiChar(value);
}

/**
 * The variables of an evaluation. `unknown`, since facts come from outside: what cannot be a Rhai value is refused when
 * it is encoded, with a TypeError or RangeError.
 */
export type Scope = Readonly<Record<string, unknown>>;

/** A result: what every form of results has in common, and leaves of its own. */
export type Tree<Leaf> =
  | null
  | boolean
  | string
  | RhaiUnsupported
  | Leaf
  | Tree<Leaf>[]
  | { [key: string]: Tree<Leaf> };

/** Easy to use: integers are numbers while they are safe and bigints beyond, characters are strings, `()` is null. */
export type PlainValue = Tree<number | bigint>;

/**
 * No type lost: integers are always bigints, floats and characters keep their wrappers. It may be put into a scope
 * again and is the same Rhai value there (but for `RhaiUnsupported`, which is refused).
 */
export type ExactValue = Tree<bigint | RhaiFloat | RhaiChar>;
