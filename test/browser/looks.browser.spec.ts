/** What pages look like once they are built, on screens wide and narrow. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere, Stage } from "./stage.ts";

describe.skipIf(!isThere)("the built pages", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set();
    const id = await stage.report("vmlooks01");
    await stage.beat(id);
  });

  afterAll(() => stage.strike());

  const styleOf = (page: Page, selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

  it.each([
    ["light", "rgb(95, 102, 109)", "rgb(248, 249, 250)"],
    ["dark", "rgb(163, 163, 163)", "rgb(31, 31, 31)"],
  ] as const)("have the colours of the %s theme", async (scheme, dimmed, ground) => {
    const page = await stage.open("/hosts", scheme);
    expect(await styleOf(page, ".login", "background-color")).toBe(ground);
    await stage.signIn(page);
    await page.locator("tr[data-host]").first().waitFor();
    expect(await styleOf(page, '[data-testid="count"]', "color")).toBe(dimmed);
    // Of the health's own colour, darkened on a light ground; never that of the text around it.
    const badge = await styleOf(page, "tr[data-host] [data-health]", "color");
    const text = await styleOf(page, "body", "color");
    expect(badge).not.toBe(text);
    expect(badge).toMatch(/^(rgb|color)\(/);
    await page.close();
  });

  it.each([320, 360, 390])("have a header on one line at %i px, live or not", async (width) => {
    const page = await stage.enter("/hosts");
    await page.setViewportSize({ width, height: 700 });
    const fits = async () => {
      const header = await page.locator("header").first().boundingBox();
      for (const name of ["Navigation", "Colour scheme", "User"]) {
        const box = await page.getByRole("button", { name, exact: true }).boundingBox();
        expect(box === null || header === null ? null : box.y + box.height <= header.y + header.height).toBe(
          true,
        );
        expect(box === null ? null : box.x >= 0 && box.x + box.width <= width).toBe(true);
      }
    };
    await fits();
    await page.context().setOffline(true);
    await page.evaluate(() => {
      // Seen as it is when the connection is lost, which takes the browser a while.
      const status = document.querySelector("header [role=status] span");
      if (status !== null) status.textContent = "Reconnecting";
    });
    await fits();
    await page.getByRole("button", { name: "User" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("Username").waitFor();
    await page.close();
  });

  it("do not grow wider for a long name, and isolate one that is written from the right", async () => {
    const long = "h".repeat(1_000);
    const id = await stage.report(long);
    const odd = await stage.report("\u05d0\u05d1\u05d2");
    const page = await stage.enter(`/hosts/${id}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    for (const width of [1360, 390]) {
      await page.setViewportSize({ width, height: 860 });
      for (const path of [`/hosts/${id}`, `/hosts/${id}/checks`, `/hosts/${id}/checks/selection`]) {
        await page.goto(`${stage.server.url}${path}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        expect([path, (await widthOf(page)) <= width]).toEqual([path, true]);
      }
    }
    await page.goto(`${stage.server.url}/hosts/${odd}/checks`);
    const trail = page.getByRole("link", { name: "\u05d0\u05d1\u05d2" }).first();
    await trail.waitFor();
    expect(await trail.evaluate((link) => getComputedStyle(link).unicodeBidi)).toBe("isolate");
    expect(await page.locator("h1 bdi").textContent()).toBe("\u05d0\u05d1\u05d2");
    await page.close();
  });

  it("have dialogs with named buttons, a first focus that helps, and one banner", async () => {
    const page = await stage.enter("/settings");
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
      );
    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Close" }).waitFor();
    await expect.poll(focused).toBe("Cancel");
    expect(await page.getByRole("banner").count()).toBe(1);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "New webhook" }).click();
    await dialog.getByRole("button", { name: "Close" }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("placeholder")))
      .toBe("https://example.com/hooks/trento");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "User" }).click();
    const menu = page.getByRole("menu");
    await menu.waitFor();
    expect(
      await menu.evaluate((element) =>
        [...element.querySelectorAll("*")]
          .filter(
            (child) => child instanceof HTMLElement && child.tabIndex >= -1 && child.hasAttribute("tabindex"),
          )
          .every((child) => child.getAttribute("role") === "menuitem"),
      ),
    ).toBe(true);
    await page.close();
  });
});
