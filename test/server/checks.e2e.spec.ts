/** Checks of a simulated landscape: they run by themselves, over the agents' sockets, and clusters follow what they find. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { resultSchema } from "../../checks/results.ts";
import { selectChecks } from "../../tools/demo/select-checks.ts";
import { realClock, type SimulatedAgent, startAgents } from "../../tools/simulate/agents.ts";
import { sbdBroken } from "../../tools/simulate/incidents/clusters.ts";
import type { Incident } from "../../tools/simulate/incidents/incident.ts";
import { fencingOff } from "../../tools/simulate/incidents/misconfigured.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { randomFrom } from "../../tools/simulate/random.ts";
import { targetsOf } from "../../tools/simulate/selection.ts";
import { Tally } from "../../tools/simulate/tally.ts";
import { transportTo } from "../../tools/simulate/transport.ts";
import { connectAgent } from "../../tools/socket/web-socket.ts";
import { LandscapeServer } from "./landscape-server.ts";

const SEED = 4;
const EVENTUALLY = { timeout: 30_000, interval: 250 };
const executionSchema = z.object({
  execution_id: z.string(),
  status: z.string(),
  result: resultSchema.nullable(),
  targets: z.array(z.object({ agent_id: z.string() })),
  check_results: z
    .array(
      z.object({ check_id: z.string(), result: resultSchema, agents_check_results: z.array(z.unknown()) }),
    )
    .nullable(),
});

describe("checks of a landscape", { timeout: 60_000 }, () => {
  const server = new LandscapeServer();
  const landscape = generateLandscape({ hosts: 10, seed: SEED });
  const targets = targetsOf(landscape);
  let agents: SimulatedAgent[] = [];

  beforeAll(async () => {
    await server.start({ CHECKS_INTERVAL: "2", CHECKS_TIMEOUT: "5" });
    const { url, apiKey } = server.address;
    agents = startAgents(landscape, transportTo(url, apiKey, new Tally()), realClock, (id) =>
      connectAgent(url, apiKey, id),
    );
    await selectChecks(landscape, server.address);
  }, 120_000);

  afterAll(async () => {
    for (const agent of agents) agent.stop();
    await server.end();
  });

  const last = async (groupId: string) => {
    const path = `/api/v2/checks/executions?group_id=${groupId}&items_per_page=2`;
    const { items } = await server.get(path, z.object({ items: z.array(executionSchema) }));
    return items.find(({ status }) => status === "completed") ?? null;
  };
  const foundIn = async (groupId: string) =>
    (await last(groupId))?.check_results
      ?.filter(({ result }) => result !== "passing")
      .map(({ check_id }) => check_id) ?? null;
  const healthOf = async (clusterId: string) =>
    (await server.clusters()).find(({ id }) => id === clusterId)?.health;

  it("run for every target, on every host of it", async () => {
    expect(targets.map(({ type }) => type)).toEqual(expect.arrayContaining(["cluster", "host"]));
    for (const { id, hosts } of targets) {
      await expect.poll(() => last(id), EVENTUALLY).not.toBeNull();
      const execution = await last(id);
      expect(execution?.targets.map(({ agent_id }) => agent_id).sort()).toEqual(
        hosts.map((host) => host.id).sort(),
      );
    }
  });

  it("run again by themselves", async () => {
    const [target] = targets;
    if (target === undefined) throw new Error("the landscape has nothing that checks run on");
    const executionOf = async () => (await last(target.id))?.execution_id ?? null;
    await expect.poll(executionOf, EVENTUALLY).not.toBeNull();
    const first = await executionOf();
    await expect.poll(executionOf, EVENTUALLY).not.toBe(first);
    expect(await executionOf()).not.toBeNull();
  });

  it.each<[string, Incident, readonly string[]]>([
    ["a broken SBD device", sbdBroken, ["ED6E19", "ED6E1A"]],
    ["fencing that is off", fencingOff, ["ED6E0D"]],
  ])(
    "find %s: the cluster is critical, and passing again when it is repaired",
    async (_, incident, found) => {
      const clusters = targets.filter(({ type }) => type === "cluster");
      const plan = incident.plan({
        installations: landscape.installations,
        random: randomFrom(SEED),
        number: 0,
      });
      const [breaks, repairs] = plan?.steps ?? [];
      if (breaks === undefined || repairs === undefined) throw new Error("it cannot happen here");
      const step = ({ change }: typeof breaks) => {
        change();
        for (const agent of agents) agent.announce();
      };
      for (const { id } of clusters) await expect.poll(() => healthOf(id), EVENTUALLY).toBe("passing");
      step(breaks);
      let broken = "";
      await expect
        .poll(async () => {
          for (const { id } of clusters) if ((await foundIn(id))?.length) broken = id;
          return broken;
        }, EVENTUALLY)
        .not.toBe("");
      await expect.poll(() => foundIn(broken), EVENTUALLY).toEqual(found);
      await expect.poll(() => healthOf(broken), EVENTUALLY).toBe("critical");
      step(repairs);
      await expect.poll(() => foundIn(broken), EVENTUALLY).toEqual([]);
      await expect.poll(() => healthOf(broken), EVENTUALLY).toBe("passing");
    },
  );
});
