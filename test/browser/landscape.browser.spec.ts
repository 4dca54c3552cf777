/** What a person sees of clusters, databases and SAP systems, in a real browser against a real server. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Landscape } from "./landscape.ts";
import { isThere, Stage, section } from "./stage.ts";

const lists = [
  ["/", "At a glance", "No SAP system is known yet", 'tr[data-sap-system="NWP"]'],
  ["/clusters", "Clusters", "No cluster is known yet", 'tr[data-cluster="hana_cluster"]'],
  ["/databases", "Databases", "No database is known yet", 'tr[data-database="PRD"]'],
  ["/sap_systems", "SAP systems", "No SAP system is known yet", 'tr[data-sap-system="NWP"]'],
] as const;

describe.skipIf(!isThere)("a landscape in the browser", () => {
  let stage: Stage;
  let landscape: Landscape;

  beforeAll(async () => {
    stage = await Stage.set();
  });

  afterAll(() => stage.strike());

  const health = (place: Locator, of: string, health: string) =>
    place.locator(`a[aria-label="${of}: ${health}"]`);

  /** A list, and from there the page of what is called so. */
  async function follow(path: string, name: string): Promise<Page> {
    const page = await stage.enter(path);
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    return page;
  }

  it("says what is missing while there is nothing, and shows what comes without a reload", async () => {
    const pages = await Promise.all(lists.map(([path]) => stage.enter(path)));
    for (const [index, page] of pages.entries()) {
      const [, title, nothing] = lists[index] ?? [];
      await page.getByRole("heading", { name: title ?? "" }).waitFor();
      await page.getByText(nothing ?? "").waitFor();
      expect(await page.title()).toBe(`${title} · trento-edge`);
    }
    landscape = await Landscape.prepare(stage);
    await landscape.report();
    for (const [index, page] of pages.entries()) {
      await page.locator(lists[index]?.[3] ?? "").waitFor();
      await page.close();
    }
  });

  it("shows at a glance how a system is and what it stands on, each with its way there", async () => {
    const page = await stage.enter("/");
    const row = page.locator('tr[data-sap-system="NWP"]');
    await health(row, "SAP system NWP", "passing").waitFor();
    await health(row, "Application instances of NWP", "passing").waitFor();
    await health(row, "Database PRD", "passing").waitFor();
    await health(row, "Database cluster of NWP", "passing").waitFor();
    await row.getByText("no cluster").waitFor();
    await page.getByRole("link", { name: "Database cluster of NWP: passing" }).click();
    await page.getByRole("heading", { name: "hana_cluster", level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: /^Hosts of NWP/ }).click();
    await page.getByRole("heading", { name: "Hosts", level: 1 }).waitFor();
    await expect.poll(() => page.getByTestId("count").textContent()).toBe("3 hosts");
    await page.close();
  });

  it("shows at a glance what changes, and counts it", async () => {
    const page = await stage.enter("/");
    const row = page.locator('tr[data-sap-system="NWP"]');
    await landscape.reportApplication("RED");
    await health(row, "Application instances of NWP", "critical").waitFor();
    await health(row, "SAP system NWP", "critical").waitFor();
    await landscape.reportCluster("failed");
    await health(row, "Database cluster of NWP", "critical").waitFor();
    await page.getByRole("button", { name: "1 critical" }).click();
    await row.waitFor();
    await page.getByRole("button", { name: "0 passing" }).click();
    await page.getByText("No SAP system is like that").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await landscape.report();
    await health(row, "Application instances of NWP", "passing").waitFor();
    await health(row, "Database cluster of NWP", "passing").waitFor();
    await page.close();
  });

  it("shows a cluster with its sites, nodes, devices and resources, and follows its changes", async () => {
    const page = await follow("/clusters", "hana_cluster");
    const summary = section(page, "Summary");
    await summary.getByText("HANA scale-up").waitFor();
    await summary.getByRole("link", { name: "PRD" }).waitFor();
    await summary.getByText("SOK").waitFor();
    const nodes = page.getByRole("table", { name: "Nodes of site WDF" });
    await nodes.getByRole("link", { name: "two" }).waitFor();
    await nodes.getByRole("button", { name: "Attributes and resources of two" }).press("Enter");
    await page.getByText("hana_prd_sync_state").waitFor();
    await page.getByRole("table", { name: "Resources of two" }).waitFor();
    await section(page, "SBD devices").getByText("/dev/sda").waitFor();
    await section(page, "Resources").getByText("stonith-sbd").first().waitFor();
    await section(page, "Hosts").getByRole("link", { name: "one" }).waitFor();
    await landscape.reportCluster("failed");
    await summary.getByText("SFAIL").waitFor();
    await page.locator('[data-health="critical"]').first().waitFor();
    await landscape.reportCluster();
    await summary.getByText("SOK").waitFor();
    await page.close();
  });

  it("shows a database with the sites that it is replicated between", async () => {
    const page = await follow("/databases", "PRD");
    const sites = page.getByRole("table", { name: "Sites" });
    const site = (name: string) => sites.getByRole("row").filter({ hasText: name }).first();
    await site("ACTIVE").locator('[data-replication="Primary"]').waitFor();
    await site("logreplay").locator('[data-replication="Secondary"]').waitFor();
    const layout = page.getByRole("table", { name: "Layout" });
    await layout.getByRole("link", { name: "one" }).waitFor();
    await layout.locator('[data-replication="Secondary"]').waitFor();
    await section(page, "Summary").getByRole("link", { name: "NWP" }).waitFor();
    await landscape.reportDatabase("YELLOW");
    await layout.getByText("yellow").first().waitFor();
    await landscape.reportDatabase();
    await layout.getByText("green").first().waitFor();
    await page.close();
  });

  it("shows a system, marks an instance that is gone, and cleans it up", async () => {
    const page = await follow("/sap_systems", "NWP");
    await section(page, "Summary").getByText("ABAP").waitFor();
    await section(page, "Summary").getByRole("link", { name: "PRD" }).waitFor();
    const layout = page.getByRole("table", { name: "Layout" });
    const second = layout.getByRole("row").filter({ hasText: "50213" });
    await second.waitFor();
    await landscape.reportApplication(null);
    await second.getByText(/^absent since/).waitFor();
    await second.getByRole("button", { name: "Clean up instance NWP 02" }).click();
    await page.getByRole("dialog").getByText("Clean up instance NWP 02?").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Clean up" }).click();
    await second.waitFor({ state: "detached" });
    await layout.getByRole("row").filter({ hasText: "50113" }).waitFor();
    await landscape.reportApplication();
    await second.waitFor();
    await page.close();
  });

  it("shows on which cluster a host is, and what runs on it", async () => {
    const page = await stage.enter("/hosts?search=hana_cluster");
    const row = page.locator('tr[data-host="one"]');
    await row.getByRole("link", { name: "hana_cluster" }).waitFor();
    await row.getByRole("link", { name: "PRD" }).waitFor();
    await row.getByRole("link", { name: "one" }).click();
    await section(page, "Summary").getByRole("link", { name: "hana_cluster" }).waitFor();
    await section(page, "SAP instances").getByRole("link", { name: "PRD" }).waitFor();
    await page.close();
  });

  it("adds tags to clusters, systems and databases", async () => {
    for (const [path, name] of [
      ["/clusters", "hana_cluster"],
      ["/sap_systems", "NWP"],
      ["/databases", "PRD"],
    ] as const) {
      const page = await stage.enter(path);
      await page.getByRole("button", { name: `Add a tag to ${name}` }).click();
      await page.getByLabel("New tag").fill("prod");
      await page.getByLabel("New tag").press("Enter");
      await page.getByRole("button", { name: "Remove the tag prod" }).waitFor();
      await page.close();
    }
  });

  it("marks what is no longer kept up", async () => {
    const page = await stage.enter("/");
    await stage.beat(landscape.application);
    // Lost after six seconds, seen at the watch's next check: below twenty in all.
    const stale = page.locator('tr[data-sap-system="NWP"] a[data-stale="true"]');
    await stale
      .and(page.getByRole("link", { name: /^Application instances of NWP/ }))
      .waitFor({ timeout: 30_000 });
    await stale.and(page.getByRole("link", { name: /^Hosts of NWP: critical, stale since/ })).waitFor();
    await page.getByRole("link", { name: "NWP", exact: true }).click();
    await page
      .getByRole("status")
      .getByText(/^Stale since/)
      .waitFor();
    await page.close();
  });

  it("had nothing to complain of in all that time", () => {
    expect(stage.complaints).toEqual([]);
  });
});
