/**
 * Which host a node of a cluster is. Most nodes are called as their hosts are; others in capitals, with a domain, or after the
 * network over which the nodes hear each other.
 */

/** What a name of a node has behind that of its host. */
const NETWORK = /[-_](hb|heartbeat|ring|coro|corosync|clu|cluster|ha|priv|private|int|internal)\d*$/;

function withoutDomain(name: string): string {
  return (name.split(".")[0] ?? name).toLowerCase();
}

/** How sure it is that they are the same: 0 for not at all. */
function likeness(node: string, hostname: string): number {
  if (node === hostname) return 3;
  const [own, other] = [withoutDomain(node), withoutDomain(hostname)];
  if (own === other) return 2;
  return own.replace(NETWORK, "") === other ? 1 : 0;
}

/** The one that is most alike; undefined where none is alike, or several are as much. */
function mostAlike<T>(candidates: readonly T[], likenessOf: (candidate: T) => number): T | undefined {
  const best = Math.max(0, ...candidates.map(likenessOf));
  if (best === 0) return undefined;
  const [first, ...others] = candidates.filter((candidate) => likenessOf(candidate) === best);
  return others.length === 0 ? first : undefined;
}

export function hostOfNode<H extends { readonly hostname: string }>(
  hosts: readonly H[],
  node: string,
): H | undefined {
  return mostAlike(hosts, ({ hostname }) => likeness(node, hostname));
}

export function nodeOfHost<N extends { readonly name: string }>(
  nodes: readonly N[],
  hostname: string,
): N | undefined {
  return mostAlike(nodes, ({ name }) => likeness(name, hostname));
}
