/** What a person sees of hosts, in a real browser against a real server. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isThere, Stage } from "./stage.ts";

describe.skipIf(!isThere)("hosts in the browser", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set();
  });

  afterAll(() => stage.strike());

  const rowOf = (page: Page, hostname: string) => page.locator(`tr[data-host="${hostname}"]`);
  const shown = async (page: Page) =>
    page.locator("tr[data-host]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-host")));

  it("refuses a wrong password in words, and lets the right one in", async () => {
    const page = await stage.open("/");
    await stage.signIn(page, "not this one");
    await page.getByRole("alert").getByText("Invalid credentials.").waitFor();
    await stage.signIn(page);
    await page.getByRole("heading", { name: "At a glance" }).waitFor();
    await page.close();
  });

  it("tells how to connect an agent while there is none, and shows the first host without a reload", async () => {
    const page = await stage.enter("/hosts");
    await page.getByText("No host has reported yet").waitFor();
    await stage.report("vmfirst01");
    await rowOf(page, "vmfirst01").waitFor();
    await page.close();
  });

  it("shows a heartbeat, and that it stopped, without a reload", async () => {
    const page = await stage.enter("/hosts");
    const id = await stage.report("vmbeat01");
    await rowOf(page, "vmbeat01").locator('[data-heartbeat="unknown"]').waitFor();
    await stage.beat(id);
    await rowOf(page, "vmbeat01").locator('[data-heartbeat="passing"]').waitFor();
    // Lost after six seconds, seen at the watch's next check: below twenty in all.
    await rowOf(page, "vmbeat01").locator('[data-heartbeat="critical"]').waitFor({ timeout: 20_000 });
    // A host that is gone is not among the good ones, whatever was found of it before.
    await rowOf(page, "vmbeat01").locator('[data-health="critical"]').waitFor();
    await page.getByRole("button", { name: "1 critical" }).click();
    await expect.poll(() => shown(page)).toEqual(["vmbeat01"]);
    await page.getByRole("link", { name: "vmbeat01" }).click();
    await page.locator('h1 + [data-health="critical"]').waitFor();
    await page.close();
  });

  it("removes a host that stopped reporting, and takes the question back when it reports again", async () => {
    const page = await stage.enter("/hosts");
    const gone = await stage.report("vmgone01");
    const dialog = page.getByRole("dialog");
    await stage.beat(gone);
    await rowOf(page, "vmgone01").locator('[data-heartbeat="critical"]').waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Clean up vmgone01" }).click();
    await dialog.getByText("Clean up vmgone01?").waitFor();
    await stage.beat(gone);
    await dialog.waitFor({ state: "detached" });
    await rowOf(page, "vmgone01").locator('[data-heartbeat="critical"]').waitFor({ timeout: 20_000 });
    await page.getByRole("button", { name: "Clean up vmgone01" }).click();
    await dialog.getByRole("button", { name: "Clean up" }).click();
    await rowOf(page, "vmgone01").waitFor({ state: "detached" });
    await page.close();
  });

  it("adds and removes tags in place", async () => {
    await stage.report("vmtag01");
    const page = await stage.enter("/hosts");
    await page.getByRole("button", { name: "Add a tag to vmtag01" }).click();
    await page.getByLabel("New tag").fill("not allowed!");
    await page.getByLabel("New tag").press("Enter");
    await page.getByText("has invalid format").waitFor();
    await page.getByLabel("New tag").fill("prod");
    await page.getByLabel("New tag").press("Enter");
    await rowOf(page, "vmtag01").getByText("prod").waitFor();
    await rowOf(page, "vmtag01").getByRole("button", { name: "Remove the tag prod" }).click();
    await rowOf(page, "vmtag01").getByText("prod").waitFor({ state: "detached" });
    await page.close();
  });

  it("searches, filters and sorts, and keeps that in the address", async () => {
    const kvm = await stage.report("vmsearch02", { ip_addresses: ["10.7.7.7"] });
    await stage.report("vmsearch01");
    await stage.post(kvm, "cloud_discovery", { Provider: "kvm", Metadata: null });
    const page = await stage.enter("/hosts");
    await page.getByRole("searchbox", { name: "Search" }).fill("vmsearch");
    await expect.poll(() => shown(page)).toEqual(["vmsearch01", "vmsearch02"]);
    await page.getByRole("button", { name: "Name" }).click();
    await expect.poll(() => shown(page)).toEqual(["vmsearch02", "vmsearch01"]);
    await page.getByRole("searchbox", { name: "Search" }).fill("10.7.7");
    await expect.poll(() => shown(page)).toEqual(["vmsearch02"]);
    await page.reload();
    await expect.poll(() => shown(page)).toEqual(["vmsearch02"]);
    await page.goto(`${stage.server.url}/hosts?provider=kvm`);
    await expect.poll(() => shown(page)).toEqual(["vmsearch02"]);
    await page.close();
  });

  it("shows many hosts in pages", async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => stage.report(`vmpage${String(index).padStart(3, "0")}`)),
    );
    const page = await stage.enter("/hosts?search=vmpage");
    await expect.poll(() => page.getByTestId("count").textContent()).toBe("60 hosts");
    expect(await shown(page)).toHaveLength(25);
    await page.getByRole("button", { name: "3", exact: true }).click();
    await expect.poll(() => shown(page)).toHaveLength(10);
    await page.close();
  });

  it("shows one host with all that is known of it, and follows its changes", async () => {
    const id = await stage.report("vmpagehost01");
    await stage.post(id, "subscription_discovery", [
      { identifier: "SLES_SAP", version: "15.6", arch: "x86_64", status: "Registered" },
    ]);
    await stage.post(id, "cloud_discovery", { Provider: "kvm", Metadata: null });
    const page = await stage.enter(`/hosts/${id}`);
    await page.getByRole("heading", { name: "vmpagehost01" }).waitFor();
    await page.getByRole("region", { name: "Summary" }).getByText("10.1.1.1/24").waitFor();
    await page.getByRole("region", { name: "Subscriptions" }).getByText("SLES_SAP").waitFor();
    await page.getByRole("region", { name: "systemd units" }).getByText("pacemaker.service").waitFor();
    await stage.post(id, "saptune_discovery", {
      saptune_installed: true,
      package_version: "3.0.0",
      status: null,
    });
    await page.getByRole("region", { name: "saptune" }).getByText("3.0.0").waitFor();
    await page.close();
  });

  it("is dark for who likes it dark, by the system or by choice", async () => {
    const page = await stage.enter("/hosts", "dark");
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await page.getByRole("button", { name: "Colour scheme" }).click();
    await page.getByRole("menuitem", { name: "Light" }).click();
    await expect.poll(background).not.toBe(dark);
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.close();
  });

  it("shows the key of the agents, and issues another", async () => {
    const page = await stage.enter("/settings");
    await page.getByText(stage.server.apiKey).waitFor();
    await page.getByRole("button", { name: "New key" }).click();
    await page.getByRole("button", { name: "Revoke and issue" }).click();
    await page.getByText(stage.server.apiKey).waitFor({ state: "detached" });
    await page.close();
  });
});
