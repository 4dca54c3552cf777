/** The forms that a script's result can take. */
import { RhaiChar, RhaiFloat } from "./values.ts";

/** How numbers and characters are given back; all else is the same in every form. */
export interface ResultForm<Leaf> {
  integer(view: DataView, at: number): Leaf;
  float(value: number): Leaf;
  char(value: string): Leaf | string;
}

const HIGH = 2 ** 32;

export const plainForm: ResultForm<number | bigint> = {
  integer(view, at) {
    const value = view.getInt32(at + 4, true) * HIGH + view.getUint32(at, true);
    return Number.isSafeInteger(value) ? value : view.getBigInt64(at, true);
  },
  float: (value) => value,
  char: (value) => value,
};

/** As plain, but an integer is always a bigint and a number always a float. */
export const bigintForm: ResultForm<number | bigint> = {
  integer: (view, at) => view.getBigInt64(at, true),
  float: (value) => value,
  char: (value) => value,
};

export const exactForm: ResultForm<bigint | RhaiFloat | RhaiChar> = {
  integer: (view, at) => view.getBigInt64(at, true),
  float: (value) => new RhaiFloat(value),
  char: (value) => new RhaiChar(value),
};
