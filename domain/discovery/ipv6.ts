/** IPv6 addresses, each in one spelling: by it a database is found that others know in another. */

const LOCAL = /^(?:::1?|fe[89ab][0-9a-f]:.*)$/;
const GROUP = /^[0-9a-f]{1,4}$/;

/** Eight groups; null for what is no IPv6 address. */
function groupsOf(address: string): string[] | null {
  const halves = address.toLowerCase().split("::");
  if (halves.length > 2) return null;
  const [before = [], after = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  return groups.every((group) => GROUP.test(group)) ? groups : null;
}

/** Null for what is no IPv6 address, or means another host on each host. */
export function ipv6Of(address: string): string | null {
  const groups = groupsOf(address);
  if (groups === null || LOCAL.test(address.toLowerCase())) return null;
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}
