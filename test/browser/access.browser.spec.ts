/** That pages can be used by everybody: by keyboard, by those who hear what others see, and on narrow screens. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Landscape } from "./landscape.ts";
import { isThere, Stage } from "./stage.ts";

describe.skipIf(!isThere)("pages of a landscape", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set();
    const landscape = await Landscape.prepare(stage);
    await landscape.report();
  });

  afterAll(() => stage.strike());

  it("opens the instances of a system in the list, by keyboard too", async () => {
    const page = await stage.enter("/sap_systems");
    const opener = page.getByRole("button", { name: "Instances of NWP" });
    await opener.focus();
    await page.keyboard.press("Space");
    expect(await opener.getAttribute("aria-expanded")).toBe("true");
    const application = page.getByRole("table", { name: "Application instances of NWP" });
    await application.getByText("MESSAGESERVER").waitFor();
    const database = page.getByRole("table", { name: "Database instances of NWP" });
    await database.locator('[data-replication="Primary"]').waitFor();
    await page.close();
  });

  it("says that there is nothing under an id that nothing has", async () => {
    const page = await stage.enter("/");
    for (const list of ["hosts", "clusters", "sap_systems", "databases"]) {
      await page.goto(`${stage.server.url}/${list}/${crypto.randomUUID()}`);
      await page.getByRole("heading", { name: "Not found" }).waitFor();
    }
    await page.close();
  });

  it("names every table, link and button", async () => {
    const page = await stage.enter("/");
    for (const label of ["At a glance", "Hosts", "Clusters", "SAP systems", "Databases"]) {
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: label }).click();
      await page.getByRole("heading", { name: label, level: 1 }).waitFor();
      const table = page.getByRole("table", { name: label });
      await table.waitFor();
      expect(
        await table
          .getByRole("columnheader")
          .filter({ has: page.getByRole("button") })
          .count(),
      ).not.toBe(0);
      for (const role of ["link", "button", "table", "textbox", "searchbox"] as const) {
        const nameless =
          (await page.getByRole(role).count()) - (await page.getByRole(role, { name: /\S/ }).count());
        expect([label, role, nameless]).toEqual([label, role, 0]);
      }
    }
    await page.close();
  });

  it("fits on narrow screens: what is wider scrolls in itself", async () => {
    const page = await stage.enter("/clusters");
    const link = page.getByRole("link", { name: "hana_cluster" });
    const cluster = await link.getAttribute("href");
    for (const path of [cluster, "/", "/hosts", "/clusters", "/sap_systems", "/databases"]) {
      await page.goto(`${stage.server.url}${path}`);
      await page.getByRole("table").first().waitFor();
      for (const width of [800, 400]) {
        await page.setViewportSize({ width, height: 800 });
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect([path, width, excess]).toEqual([path, width, 0]);
      }
    }
    await page.close();
  });

  it("sorts by keyboard, and says how", async () => {
    const page = await stage.enter("/clusters");
    await page.getByRole("button", { name: "Health" }).focus();
    await page.keyboard.press("Enter");
    await page.locator('th[aria-sort="ascending"]').filter({ hasText: "Health" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator('th[aria-sort="descending"]').filter({ hasText: "Health" }).waitFor();
    await page.close();
  });

  it("had nothing to complain of in all that time", () => {
    expect(stage.complaints).toEqual([]);
  });
});
