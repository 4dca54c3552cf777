/** A server that is away, and a line that is half open: said, and healed by itself. */

import type { WebSocketRoute } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Line } from "./line.ts";
import { isThere, Stage } from "./stage.ts";

describe.skipIf(!isThere)("an outage", () => {
  let stage: Stage;
  let line: Line;

  beforeAll(async () => {
    stage = await Stage.set();
    await stage.report("vmthere01");
  });
  afterAll(() => stage.strike());
  beforeEach(async () => {
    line = await Line.to(stage.server.url);
  });
  afterEach(() => line.end());

  it.each([
    ["Settings", "API key of the agents"],
    ["About", "SLES for SAP subscriptions"],
    ["Checks", "Catalogues"],
    ["Activity log", "Newer"],
  ])("leaves %s with its title and a way to try again, and it comes by itself", async (title, content) => {
    const page = await stage.enter("/hosts", "light", line.url);
    line.cut();
    await page.getByText("Reconnecting").waitFor();
    await page.getByRole("link", { name: title, exact: true }).click();
    await page.getByRole("heading", { name: title, exact: true, level: 1 }).waitFor();
    await page.getByText("This could not be read").first().waitFor();
    await page.getByRole("button", { name: "Try again" }).first().waitFor();
    expect(await page.title()).toBe(`${title} · trento-edge`);
    line.mend();
    await page.getByText(content).first().waitFor();
    await page.getByText("This could not be read").first().waitFor({ state: "detached" });
    await page.close();
  });

  it("costs no page what it shows", async () => {
    const page = await stage.enter("/about", "light", line.url);
    await page.getByText("SLES for SAP subscriptions").waitFor();
    line.cut();
    await page.getByText("Reconnecting").waitFor();
    await page.getByRole("link", { name: "Hosts", exact: true }).click();
    await page.getByRole("link", { name: "About", exact: true }).click();
    await page.getByText("SLES for SAP subscriptions").waitFor();
    line.mend();
    await page.close();
  });

  it("that nobody says is noticed, and what was missed is there", async () => {
    const page = await stage.enter("/hosts", "light", line.url);
    await page.locator('tr[data-host="vmthere01"]').waitFor();
    line.fallSilent();
    await stage.report("vmmissed01");
    // As the browser says it when it has a network again; without it the silence itself is noticed.
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await page.locator('tr[data-host="vmmissed01"]').waitFor({ timeout: 40_000 });
    await page.getByText("Live", { exact: true }).waitFor();
    await page.close();
  });
});

describe.skipIf(!isThere)("a token that expires", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.set();
  });
  afterAll(() => stage.strike());

  it("ends its sockets, which come back without a word", async () => {
    const page = await stage.open("/hosts");
    const open = new Set<WebSocketRoute>();
    await page.routeWebSocket(/\/parties\//, (socket) => {
      socket.connectToServer();
      open.add(socket);
    });
    await stage.signIn(page);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.evaluate(() => {
      const status = document.querySelector("header [role=status]");
      if (status === null) throw new Error("there is no status");
      new MutationObserver(() => document.body.setAttribute("data-said", status.textContent ?? "")).observe(
        status,
        { characterData: true, childList: true, subtree: true },
      );
    });
    const before = [...open];
    await Promise.all(before.map((socket) => socket.close({ code: 4401, reason: "the token has expired" })));
    await expect.poll(() => open.size).toBe(2 * before.length);
    await stage.report("vmexpired01");
    await page.locator('tr[data-host="vmexpired01"]').waitFor();
    expect(await page.locator("body").getAttribute("data-said")).toBeNull();
    await page.close();
  });
});

describe.skipIf(!isThere)("a page that is loaded", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.set();
    await stage.report("vmonce01");
  });
  afterAll(() => stage.strike());

  it("reads every list once, and follows it all the same", async () => {
    const page = await stage.enter("/hosts");
    await page.locator('tr[data-host="vmonce01"]').waitFor();
    const asked: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/api/v")) asked.push(pathname);
    });
    await page.reload();
    await page.locator('tr[data-host="vmonce01"]').waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    // A change comes through all that would have been read again by then.
    await stage.report("vmonce02");
    await page.locator('tr[data-host="vmonce02"]').waitFor();
    expect(asked.sort()).toEqual([
      "/api/v1/agents",
      "/api/v1/databases",
      "/api/v1/hosts",
      "/api/v1/sap_systems",
      "/api/v2/clusters",
    ]);
    await page.close();
  });

  it("reads its lists although no room is to be had", async () => {
    const page = await stage.browser.newPage();
    await page.routeWebSocket(/\/parties\//, () => {});
    await page.goto(`${stage.server.url}/hosts`);
    await stage.signIn(page);
    await page.locator('tr[data-host="vmonce01"]').waitFor();
    await page.close();
  });
});
