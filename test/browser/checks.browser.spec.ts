/** What a person sees of checks: the catalogue, what is selected and set, what is found, and the lab. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECK, CheckedCluster, result } from "./checked-cluster.ts";
import { isThere, section } from "./stage.ts";

const foreign = `id: "AAA001"
name: Somebody's \`own\` check
group: Theirs
description: |
  See [the manual](https://example.com/manual).
remediation: none
facts: []
expectations:
  - name: good
    expect: "true"
`;

describe.skipIf(!isThere)("checks in the browser", () => {
  let cluster: CheckedCluster;

  beforeAll(async () => {
    cluster = await CheckedCluster.set();
  });

  afterAll(() => cluster.strike());

  it("shows the catalogue, finds a check in it, and what that says", async () => {
    const page = await cluster.stage.enter("/checks");
    await page.getByText("56 of 56", { exact: true }).waitFor();
    await page.getByLabel("Search").fill("totem.token");
    await page.locator(`[data-check="${CHECK}"]`).getByRole("button").click();
    await page.getByRole("link", { name: "corosync.conf(5)" }).waitFor();
    await page.getByText("crm cluster copy /etc/corosync/corosync.conf").waitFor();
    await page.getByText('env.provider == "azure"').first().waitFor();
    await page.getByLabel("Search").fill("there is no such check");
    await page.getByText("No check is like that").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByText("56 of 56", { exact: true }).waitFor();
    await page.close();
  });

  it("takes another's catalogue, says which of its files are no checks, and lets it go again", async () => {
    const page = await cluster.stage.enter("/checks");
    await page.getByRole("button", { name: "Bring in a catalogue" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("theirs");
    const file = (name: string, text: string) => ({ name, mimeType: "", buffer: Buffer.from(text) });
    await dialog
      .locator('input[type="file"]')
      .setInputFiles([file("AAA001.yaml", foreign), file("AAA002.yaml", "id: ["), file("VERSION", "7.1\n")]);
    await dialog.getByRole("button", { name: "Bring in" }).click();
    await dialog.getByText("theirs 7.1: 1 checks were brought in.").waitFor();
    await dialog.getByText(/AAA002\.yaml:\d+:\d+/).waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.locator('[data-check="AAA001"]').waitFor();
    await page.getByRole("button", { name: "Remove theirs" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.locator('[data-check="AAA001"]').waitFor({ state: "detached" });
    await page.close();
  });

  it("runs what is selected, shows how far it is, and what it found, without a reload", async () => {
    const [one, two] = cluster.agents;
    two.hold();
    const page = await cluster.toChecks();
    await page.getByText("0 checks are selected").waitFor();
    await page.getByText("Nothing was run yet", { exact: true }).waitFor();
    await page.getByRole("link", { name: "Select checks" }).click();
    await page.getByRole("heading", { name: "Check selection of hana_cluster" }).waitFor();
    await page.getByRole("checkbox", { name: CHECK }).check();
    await page.getByText(/^1 of \d+ selected$/).waitFor();
    await page.getByRole("button", { name: "Save the selection" }).click();
    await page.getByText("1 of 2 hosts have answered").waitFor();
    await page.getByText("Still to answer: two").waitFor();
    two.release();
    await result(page, "passing").getByRole("button").click();
    const host = section(page, "one");
    await host.getByText("token_is_long_enough").waitFor();
    await host.getByText("30000").first().waitFor();
    await host.getByText("least_token").first().waitFor();
    one.token = 4_000;
    await page.getByRole("button", { name: "Run the checks now" }).click();
    await result(page, "critical").waitFor();
    await page.getByText("Corosync token is 4000 ms, and should be at least 30000 ms").first().waitFor();
    await expect.poll(() => page.getByRole("table", { name: "Executions" }).getByRole("row").count()).toBe(3);
    await page.getByRole("link", { name: "hana_cluster", exact: true }).click();
    await section(page, "Checks").getByText("1 critical").waitFor();
    await page.close();
  });

  it("sets a value for the cluster, and judges by it from then on", async () => {
    const page = await cluster.toChecks();
    await page.getByRole("link", { name: "Select checks" }).click();
    await page.getByRole("button", { name: `Values of ${CHECK}` }).click();
    await page.getByRole("dialog").getByLabel("least_token").fill("3000");
    await page.getByRole("dialog").getByRole("button", { name: "Set" }).click();
    await page.getByText("customised", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Save the selection" }).click();
    await page.getByRole("button", { name: "Run the checks now" }).click();
    await result(page, "passing").getByRole("button").click();
    await section(page, "one").getByText("customised").waitFor();
    await page.close();
  });

  it("keeps what was found before", async () => {
    const page = await cluster.toChecks();
    const rows = page.getByRole("table", { name: "Executions" }).getByRole("row");
    await rows.filter({ hasText: "1 critical" }).getByRole("link").first().click();
    await page.getByRole("heading", { name: "Execution on hana_cluster" }).waitFor();
    await section(page, "What was run").getByText("trento-edge 1.0.0").waitFor();
    await result(page, "critical").waitFor();
    await page.close();
  });

  describe("the lab", () => {
    const editor = (page: Page) => page.getByRole("textbox", { name: "The check" });
    /** Writes over the rest of the line, from where the text begins. Lines that are out of sight are not there. */
    async function write(page: Page, replaced: string, by: string) {
      await editor(page).press("Control+End");
      const line = page.locator(".cm-line").filter({ hasText: replaced }).last();
      await line.click();
      await page.keyboard.press("Home");
      await page.keyboard.press("Shift+End");
      const text = (await line.textContent()) ?? "";
      await page.keyboard.insertText(text.trim().replace(replaced, by));
    }

    it("evaluates what is written over pasted facts, and says where something is wrong", async () => {
      const page = await cluster.stage.enter("/lab");
      const found = section(page, "Result");
      await found.locator("[data-health]").first().waitFor();
      await write(page, "facts.token >= values.least_token", "facts.token >=");
      await section(page, "What is wrong")
        .getByText(/^\d+:\d+$/)
        .first()
        .waitFor();
      await write(page, "expect: facts.token >=", "expect: 1 / 0 == 0");
      await found
        .getByText(/could not be evaluated: .*\(arithmetic\)/)
        .first()
        .waitFor();
      await page.close();
    });

    it("takes the facts of an execution, tries the check on all of the past, and gives it away", async () => {
      const page = await cluster.toChecks();
      await result(page, "passing").getByRole("button").click();
      await page.getByRole("link", { name: "Open in the check lab with these facts" }).click();
      const found = section(page, "Result");
      await found.getByText("4000").first().waitFor();
      await write(page, "facts.token >= values.least_token", "facts.token >= 20000");
      await found.locator('[data-health="critical"]').first().waitFor();
      await page.getByRole("button", { name: "Try it on all of them" }).click();
      await page.getByText(/^\d+ of \d+: 1 passing, 0 warning, [1-9]\d* critical, 0 no facts$/).waitFor();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: `Download ${CHECK}.yaml` }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe(`${CHECK}.yaml`);
      expect(await readFile(await file.path(), "utf8")).toContain("facts.token >= 20000");
      await page.close();
    });
  });

  it("told the console of nothing that is wrong", () => {
    expect(cluster.stage.complaints).toEqual([]);
  });
});
