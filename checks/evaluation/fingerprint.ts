/** Short texts that differ where long ones do: what is kept of each target must not grow with what its scripts give. */

const LONGEST = 100;
const FACTORS: readonly (readonly [number, number])[] = [
  [2_654_435_761, 1_597_334_677],
  [3_266_489_917, 668_265_263],
  [2_246_822_519, 374_761_393],
];

/** Thirty-two bits for each pair of factors. */
function hash(text: string, [first, second]: readonly [number, number]): number {
  let bits = second;
  for (let index = 0; index < text.length; index += 1) {
    bits = Math.imul(bits ^ text.charCodeAt(index), first);
    bits ^= bits >>> 15;
  }
  bits = Math.imul(bits ^ (bits >>> 13), second);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** The text itself where it is short. */
export function fingerprint(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.length}:${FACTORS.map((pair) => hash(text, pair).toString(36)).join(".")}`;
}
