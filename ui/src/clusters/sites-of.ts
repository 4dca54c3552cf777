/** The sites of a HANA cluster, each with its nodes. */
import type { HanaDetailsView } from "../../../domain/cluster/view.ts";

export type HanaNodeView = HanaDetailsView["nodes"][number];
type Site = HanaDetailsView["sites"][number];

interface SiteWithNodes {
  readonly site: Site;
  readonly nodes: readonly HanaNodeView[];
}

interface Placed {
  readonly sites: readonly SiteWithNodes[];
  /** Nodes that belong to no site, as a majority maker. */
  readonly others: readonly HanaNodeView[];
}

const order: readonly Site["state"][] = ["Primary", "Secondary", "Failed", "Unknown"];

/** The primary site first. A cluster set up by hand tells of a site once for every node of it. */
export function sitesOf({ sites, nodes }: Pick<HanaDetailsView, "sites" | "nodes">): Placed {
  const byName = new Map<string, Site>();
  for (const site of sites) if (!byName.has(site.name)) byName.set(site.name, site);
  const sorted = [...byName.values()].sort(
    (one, other) =>
      order.indexOf(one.state) - order.indexOf(other.state) || one.name.localeCompare(other.name),
  );
  return {
    sites: sorted.map((site) => ({ site, nodes: nodes.filter((node) => node.site === site.name) })),
    others: nodes.filter(({ site }) => !byName.has(site ?? "")),
  };
}
