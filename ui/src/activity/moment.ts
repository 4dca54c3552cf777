/** A point in time as a field of date and time has it: the reader's own, without a zone. */

const shape = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(:\d{2}(\.\d{1,3})?)?$/;

/** @returns null for what is no such point, as an address may say anything, and no calendar has a 30 February */
export function momentOf(text: string): Date | null {
  const parts = shape.exec(text);
  if (parts === null) return null;
  const date = new Date(text);
  const [, , , day, hour] = parts;
  if (Number.isNaN(date.getTime()) || date.getDate() !== Number(day)) return null;
  // Where clocks are put forward, the hour that is left out is the one after it.
  return Math.abs(date.getHours() - Number(hour)) <= 1 ? date : null;
}
