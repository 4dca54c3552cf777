/** A page that is opened before the server is there: it says so, and is the UI once it is. */
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, ui } from "../../tools/server/build.ts";
import { type Front, startFront } from "../../tools/server/front/front.ts";
import { FakeRuntime } from "../server/front/fake-runtime.ts";
import { executable, FLAGS, isThere } from "./stage.ts";

describe.skipIf(!isThere)("a server that is away", () => {
  const runtime = new FakeRuntime();
  let front: Front;
  let browser: Browser;

  beforeAll(async () => {
    await build(() => {});
    await runtime.start();
    front = await startFront({ host: "127.0.0.1", port: 0 });
    browser = await chromium.launch({ executablePath: executable, headless: true, args: FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await front?.stop();
    await runtime.stop();
  });

  it.each(["light", "dark"] as const)("is waited for (%s)", async (colorScheme) => {
    front.away();
    const page = await browser.newPage({ colorScheme });
    const answer = await page.goto(`${front.url}/hosts`);
    expect(answer?.status()).toBe(503);
    await page.getByRole("heading", { name: "The server is starting", level: 1 }).waitFor();
    expect(await page.title()).toBe("One moment · trento-edge");
    await front.show({
      directory: ui,
      notFoundHandling: "single-page-application",
      runWorkerFirst: ["/api/*"],
    });
    front.open(`unix:${runtime.socketPath}`);
    // Nobody presses anything.
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(page.url()).toBe(`${front.url}/hosts`);
    await page.close();
  });
});
