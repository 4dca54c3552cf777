/** A cluster of two hosts whose agents answer, and its pages: what browser tests of checks stand on. */
import type { Locator, Page } from "playwright-core";
import { Landscape } from "./landscape.ts";
import { Stage } from "./stage.ts";
import { TokenAgent } from "./token-agent.ts";

/** A check of the Corosync token, which is all that the agents know. */
export const CHECK = "ED6E01";
const TOKEN = 30_000;

export class CheckedCluster {
  readonly stage: Stage;
  readonly agents: readonly [TokenAgent, TokenAgent];

  private constructor(stage: Stage, agents: readonly [TokenAgent, TokenAgent]) {
    this.stage = stage;
    this.agents = agents;
  }

  /** @param variables of the Worker */
  static async set(variables: Readonly<Record<string, string>> = {}): Promise<CheckedCluster> {
    const stage = await Stage.set(variables);
    const landscape = await Landscape.prepare(stage);
    await landscape.report();
    const { primary, secondary } = landscape;
    return new CheckedCluster(stage, [
      new TokenAgent(stage, primary, TOKEN),
      new TokenAgent(stage, secondary, TOKEN),
    ]);
  }

  async strike(): Promise<void> {
    for (const agent of this.agents) agent.stop();
    await this.stage.strike();
  }

  async toCluster(): Promise<Page> {
    const page = await this.stage.enter("/clusters");
    await page.getByRole("link", { name: "hana_cluster", exact: true }).click();
    return page;
  }

  async toChecks(): Promise<Page> {
    const page = await this.toCluster();
    await page.getByRole("link", { name: "Results and history" }).click();
    await page.getByRole("heading", { name: "Checks of hana_cluster", level: 1 }).waitFor();
    return page;
  }
}

/** The line of the check, as it was judged. */
export function result(page: Page, judged: string): Locator {
  return page.locator(`[data-check="${CHECK}"][data-result="${judged}"]`);
}
