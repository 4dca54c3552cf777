/** What the rows of a table are, for one and for several. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

export function counted(count: number, { one, many }: Noun): string {
  return `${count} ${count === 1 ? one : many}`;
}
