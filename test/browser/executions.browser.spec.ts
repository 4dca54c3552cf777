/** What a person reads of an execution, while the next one runs and when a host does not answer. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECK, CheckedCluster, result } from "./checked-cluster.ts";
import { isThere, section } from "./stage.ts";

describe.skipIf(!isThere)("executions in the browser", () => {
  let cluster: CheckedCluster;

  beforeAll(async () => {
    cluster = await CheckedCluster.set({ CHECKS_TIMEOUT: "10" });
  });

  afterAll(() => cluster.strike());

  it("shows the value that is in force, and sets nothing that was not changed", async () => {
    const page = await cluster.toCluster();
    await page.getByRole("link", { name: "Select checks" }).click();
    await page.getByRole("button", { name: `Values of ${CHECK}` }).click();
    const dialog = page.getByRole("dialog");
    const field = dialog.getByLabel("least_token");
    expect(await field.inputValue()).toBe("30000");
    await dialog.getByText("here without being set: 30000 (default: 5000)").waitFor();
    await dialog.getByRole("button", { name: "Set" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await page.getByText("customised", { exact: true }).count()).toBe(0);
    await page.getByRole("checkbox", { name: CHECK }).check();
    await page.getByRole("button", { name: "Save the selection" }).click();
    await result(page, "passing").waitFor();
    await page.close();
  });

  it("leaves what was found where it is while another runs, and says then who did not answer", async () => {
    const [, two] = cluster.agents;
    const overview = await cluster.toCluster();
    const page = await cluster.toCluster();
    await page.getByRole("link", { name: "Results and history" }).click();
    const row = result(page, "passing");
    await row.getByRole("button").click();
    const host = section(page, "one");
    await host.getByText("token_is_long_enough").waitFor();
    // What formats the check's text is loaded when it is first needed.
    await row.locator("li a").first().waitFor();
    const before = await row.boundingBox();
    const started = await section(page, "Latest execution")
      .getByText(/^started /)
      .textContent();
    two.hold();
    await page.getByRole("button", { name: "Run the checks now" }).click();
    await page.getByText("1 of 2 hosts have answered").waitFor();
    await overview.getByText("running now").waitFor();
    // It has been running for as long as it takes to say who is waited for.
    await page.getByText("Still to answer: two").waitFor();
    expect(await host.getByText("token_is_long_enough").isVisible()).toBe(true);
    expect(
      await section(page, "Latest execution")
        .getByText(/^started /)
        .textContent(),
    ).toBe(started);
    expect(await row.boundingBox()).toEqual(before);
    expect(await section(overview, "Checks").getByText("1 passing").isVisible()).toBe(true);

    await result(page, "timed out").waitFor({ timeout: 30_000 });
    await page.getByText("1 host did not answer in time").waitFor();
    await page.getByText(/^two: is the agent running/).waitFor();
    expect(await host.getByText("token_is_long_enough").isVisible()).toBe(true);
    await section(page, "two").getByText("timed out").waitFor();
    const history = page.getByRole("table", { name: "Executions" });
    await history.getByText("1 host timed out").waitFor();
    await section(overview, "Checks").getByText("1 host timed out").waitFor();
    await page.locator("label").filter({ hasText: "Timed out 1" }).click();
    await result(page, "timed out").waitFor();
    await page.locator("label").filter({ hasText: "Critical 0" }).click();
    await result(page, "timed out").waitFor({ state: "detached" });
    two.release();
    await overview.close();
    await page.close();
  });

  it("gives a number of nothing no look of the unknown", async () => {
    const page = await cluster.toCluster();
    const checks = section(page, "Checks");
    await checks.locator('[data-none="warning"]').getByText("0 warning").waitFor();
    expect(await checks.locator('[data-health="unknown"]').count()).toBe(0);
    await page.close();
  });
});
