/** Where people look for a host, they see that what it reports is refused or waits, and that it is over. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { scaleUp } from "../../domain/discovery/ha-cluster/examples.spec.ts";
import { hostPayloadOf } from "../host-payload.ts";
import { isThere, Stage } from "./stage.ts";

describe.skipIf(!isThere)("discoveries that are not in force, in the browser", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set();
  });

  afterAll(() => stage.strike());

  const banner = (page: Page, type: string) => page.locator(`[data-open="${type}"]`);

  it("a cluster's discovery that is refused is told of on its pages and in the lists, live", async () => {
    const hostname = "vmdiscord01";
    const id = await stage.report(hostname);
    await stage.beat(id);
    const cluster = scaleUp({ top: { Id: hostname, Name: "discord" } });
    await stage.post(id, "ha_cluster_discovery", cluster);
    const page = await stage.enter("/clusters");
    await page.locator("tr", { hasText: "discord" }).waitFor();
    const refused = { ...cluster, Crmmon: { ...cluster.Crmmon, Version: "" } };
    await stage.post(id, "ha_cluster_discovery", refused, 422);
    await page
      .locator("tr", { hasText: "discord" })
      .getByText(/^refused since/)
      .waitFor();
    await page.getByRole("link", { name: "discord" }).click();
    await banner(page, "ha_cluster_discovery").getByText("/payload/Crmmon/Version").waitFor();
    await page.getByText(/^Stale since/).waitFor();
    await page.getByRole("link", { name: hostname }).first().click();
    await banner(page, "ha_cluster_discovery").getByText("can't be blank").waitFor();
    await stage.post(id, "ha_cluster_discovery", cluster);
    await banner(page, "ha_cluster_discovery").waitFor({ state: "detached" });
    await page.close();
  });

  it("a host that cannot be registered is told of above the list, can be dismissed, and leaves when it can", async () => {
    const page = await stage.enter("/hosts", "dark");
    const ids = ["vmnameless01", "vmnameless02"].map(() => crypto.randomUUID());
    for (const [index, id] of ids.entries())
      await stage.post(
        id,
        "host_discovery",
        hostPayloadOf(`vmnameless0${index + 1}`, { os_version: "" }),
        422,
      );
    const notice = (id: string | undefined) => page.locator(`[data-agent="${id}"]`);
    await notice(ids[0]).getByText("/payload/os_version").waitFor();
    await notice(ids[0]).getByRole("button", { name: "Dismiss vmnameless01" }).click();
    await notice(ids[0]).waitFor({ state: "detached" });
    await notice(ids[1]).waitFor();
    await stage.post(ids[1] ?? "", "host_discovery", hostPayloadOf("vmnameless02"));
    await notice(ids[1]).waitFor({ state: "detached" });
    await page.locator('tr[data-host="vmnameless02"]').waitFor();
    await page.close();
  });
});
