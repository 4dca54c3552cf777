/** Links that say nonsense, names that are no names, and somebody who types. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere, Stage } from "./stage.ts";

describe.skipIf(!isThere)("in people's hands", () => {
  let stage: Stage;
  let dotted: string;

  beforeAll(async () => {
    stage = await Stage.set();
    dotted = await stage.report("vmdots01");
    await stage.report("vmxyzhdb01");
    await stage.report("vmother01");
  });
  afterAll(() => stage.strike());

  const navigation = (page: Page) => page.getByRole("navigation", { name: "Main" });

  describe("a link", () => {
    it.each([
      ["from_date=yesterday", /left out, since it is none: yesterday/],
      ["to_date=2026-02-30T10:00", /left out, since it is none: 2026-02-30T10:00/],
      ["severity=loud", /left out, since it is none: loud/],
    ])("to the activity log with %s opens, and says what it left out", async (query, said) => {
      const page = await stage.enter(`/activity_log?${query}`);
      await page.getByRole("table", { name: "Activity log" }).waitFor();
      await page.getByText(said).waitFor();
      await page.close();
    });

    it("to the activity log with empty dates opens", async () => {
      const page = await stage.enter("/activity_log?from_date=&to_date=");
      await page.getByRole("table", { name: "Activity log" }).waitFor();
      await page.close();
    });

    it("to a page of the log that is none says so, and leads to all entries", async () => {
      const page = await stage.enter("/activity_log?after=nonsense");
      await page.getByText("This could not be read").waitFor();
      await page.getByRole("button", { name: "Show all entries" }).click();
      await page.getByRole("table", { name: "Activity log" }).waitFor();
      await page.close();
    });

    it("to an execution that is gone says so, in the lab too", async () => {
      const gone = crypto.randomUUID();
      const page = await stage.enter(`/lab?execution=${gone}&check=NONE`);
      await page.getByText("The execution is not there").waitFor();
      await page.getByText("No check is called NONE").waitFor();
      await page.getByRole("textbox", { name: "The check" }).waitFor();
      await page.goto(`${stage.server.url}/executions/${gone}`);
      await page.getByRole("heading", { name: "Not found" }).waitFor();
      await page.close();
    });
  });

  it("a page in which something goes wrong leaves the way to the others", async () => {
    const page = await stage.enter("/hosts");
    await page.route(/lab-page.*\.js/, (route) => route.abort());
    await navigation(page).getByRole("link", { name: "Check lab" }).click();
    await page.getByText("This page could not be shown").waitFor();
    await navigation(page).getByRole("link", { name: "Hosts" }).click();
    await page.locator('tr[data-host="vmother01"]').waitFor();
    await page.close();
  });

  describe("a tag", () => {
    const row = (page: Page) => page.locator('tr[data-host="vmdots01"]');

    it("of dots is refused in words, and an older one can be removed", async () => {
      await stage.server.database
        .prepare(
          "INSERT INTO tags (value, resource_id, resource_type, inserted_at, updated_at) VALUES ('..', ?, 'host', ?, ?)",
        )
        .bind(dotted, new Date().toISOString(), new Date().toISOString())
        .run();
      const page = await stage.enter("/hosts");
      await page.getByRole("button", { name: "Add a tag to vmdots01" }).click();
      await page.getByLabel("New tag").fill(".");
      await page.getByLabel("New tag").press("Enter");
      await page.getByText("has invalid format").waitFor();
      await page.getByLabel("New tag").press("Escape");
      await row(page).getByRole("button", { name: "Remove the tag .." }).click();
      await row(page).getByRole("button", { name: "Remove the tag .." }).waitFor({ state: "detached" });
      await page.close();
    });

    it("that could not be removed stays, and it is said", async () => {
      const page = await stage.enter("/hosts");
      await page.getByRole("button", { name: "Add a tag to vmdots01" }).click();
      await page.getByLabel("New tag").fill("prod");
      await page.getByLabel("New tag").press("Enter");
      await page.route(/\/tags\?/, (route) => route.abort());
      await row(page).getByRole("button", { name: "Remove the tag prod" }).click();
      await row(page)
        .getByRole("alert")
        .getByText(/^prod could not be removed: /)
        .waitFor();
      await page.unroute(/\/tags\?/);
      await row(page).getByRole("button", { name: "Remove the tag prod" }).click();
      await row(page).getByRole("alert").waitFor({ state: "detached" });
      await page.close();
    });
  });

  describe("typing into a search", () => {
    const search = (page: Page) => page.getByRole("searchbox", { name: "Search" });
    const asked = (page: Page) => new URL(page.url()).searchParams.get("search");

    it("keeps every letter and the caret, however fast, and can be undone", async () => {
      const page = await stage.enter("/hosts");
      await page.locator("tr[data-host]").first().waitFor();
      await search(page).pressSequentially("vmhdb01");
      await page.keyboard.press("Home");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.keyboard.type("xyz");
      expect(await search(page).inputValue()).toBe("vmxyzhdb01");
      await expect.poll(() => asked(page)).toBe("vmxyzhdb01");
      await expect.poll(() => page.locator("tr[data-host]").count()).toBe(1);
      await page.keyboard.press("Control+z");
      await expect.poll(() => search(page).inputValue()).not.toBe("vmxyzhdb01");
      await expect.poll(async () => asked(page) === (await search(page).inputValue())).toBe(true);
      await page.close();
    });

    it("lets a word be composed", async () => {
      const page = await stage.enter("/hosts");
      await page.locator("tr[data-host]").first().waitFor();
      await search(page).focus();
      const keyboard = await page.context().newCDPSession(page);
      for (const text of ["に", "にほ", "にほん", "日本"]) {
        await keyboard.send("Input.imeSetComposition", {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });
        expect(await search(page).inputValue()).toBe(text);
        expect(asked(page)).toBeNull();
      }
      await keyboard.send("Input.insertText", { text: "日本" });
      expect(await search(page).inputValue()).toBe("日本");
      await expect.poll(() => asked(page)).toBe("日本");
      await page.close();
    });

    it("gives way to what changes the address from elsewhere", async () => {
      const page = await stage.enter("/hosts");
      await page.locator("tr[data-host]").first().waitFor();
      await search(page).fill("nothing is called so");
      await page.getByRole("button", { name: "Show all" }).click();
      await page.locator("tr[data-host]").first().waitFor();
      expect(await search(page).inputValue()).toBe("");
      await page.close();
    });
  });
});
