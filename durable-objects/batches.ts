/** Works off a list some at a time: an object must not have thousands of calls to others open at once. */

const AT_ONCE = 20;

export async function inBatches<T>(list: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < list.length; start += AT_ONCE) {
    await Promise.all(list.slice(start, start + AT_ONCE).map(work));
  }
}
