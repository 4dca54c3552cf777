/** A group runs one execution at a time, now and then by itself. */
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ownCatalogue } from "../checks/own-catalogue.ts";
import { TestAgent } from "../test/agents.ts";
import { send } from "../test/landscape.ts";
import { checksGroupStub } from "./checks-group.ts";
import { executionStub } from "./streams.ts";

const [first, second] = ownCatalogue.checks.filter(({ metadata }) => metadata?.target_type === "host");

async function hostWith(...checks: (string | undefined)[]) {
  const agent = await new TestAgent().register();
  if (checks.length > 0)
    await send({ type: "SelectHostChecks", data: { host_id: agent.id, checks: checks.map(String) } });
  return agent;
}

const groupOf = (agent: TestAgent) => checksGroupStub(env, agent.id);

interface Row {
  readonly id: string;
  readonly status: string;
}

/** The host's executions, the first first. */
async function executionsOf({ id }: TestAgent): Promise<Row[]> {
  const { results } = await env.DB.prepare(
    "SELECT id, status FROM executions WHERE group_id = ? ORDER BY started_at, id",
  )
    .bind(id)
    .all<Row>();
  return results;
}

function answer(agent: TestAgent, execution_id: string | undefined) {
  return executionStub(env, execution_id ?? "none").receiveFacts(agent.id, {
    type: "FactsGathered",
    execution_id: execution_id ?? "none",
    group_id: agent.id,
    facts_gathered: [],
  });
}

describe("a selection", () => {
  it("is run at once, and the host's health follows what was found", async () => {
    const agent = await hostWith(first?.id);
    await expect.poll(() => executionsOf(agent)).toMatchObject([{ status: "running" }]);
    const [execution] = await executionsOf(agent);
    await answer(agent, execution?.id);
    await expect.poll(() => executionsOf(agent)).toMatchObject([{ status: "completed" }]);
    await expect.poll(() => agent.events()).toContain("HostChecksHealthChanged");
    expect((await agent.hostState()).health_details.checks_health).toBe("critical");
  });

  it("that is empty runs nothing, and ends what ran by itself", async () => {
    const agent = await hostWith(first?.id);
    await expect.poll(() => executionsOf(agent)).toHaveLength(1);
    await send({ type: "SelectHostChecks", data: { host_id: agent.id, checks: [] } });
    const group = env.CHECKS_GROUP.getByName(agent.id);
    await expect.poll(() => runDurableObjectAlarm(group)).toBe(false);
    expect(await groupOf(agent).request({ type: "host", id: agent.id })).toBe("nothing_selected");
    expect(await executionsOf(agent)).toHaveLength(1);
  });
});

describe("a group", () => {
  it("runs one execution at a time, and what was wished for meanwhile once more when it has ended", async () => {
    const agent = await hostWith(first?.id);
    await expect.poll(() => executionsOf(agent)).toHaveLength(1);
    const target = { type: "host", id: agent.id } as const;
    for (let times = 0; times < 3; times += 1) expect(await groupOf(agent).request(target)).toBe("requested");
    expect(await executionsOf(agent)).toHaveLength(1);
    const [one] = await executionsOf(agent);
    await answer(agent, one?.id);
    await expect
      .poll(() => executionsOf(agent))
      .toMatchObject([{ id: one?.id, status: "completed" }, { status: "running" }]);
    const [, two] = await executionsOf(agent);
    await answer(agent, two?.id);
    await expect
      .poll(async () => (await executionsOf(agent)).map(({ status }) => status))
      .toEqual(["completed", "completed"]);
    await groupOf(agent).ended(two?.id ?? "");
    expect(await executionsOf(agent)).toHaveLength(2);
  });

  it("runs what is selected again when its time has come, but does not pile up", async () => {
    const agent = await hostWith(first?.id);
    await expect.poll(() => executionsOf(agent)).toHaveLength(1);
    const group = env.CHECKS_GROUP.getByName(agent.id);
    await runDurableObjectAlarm(group);
    const [one] = await executionsOf(agent);
    await answer(agent, one?.id);
    await expect.poll(() => executionsOf(agent)).toMatchObject([{ status: "completed" }]);
    await evictDurableObject(group);
    expect(await runDurableObjectAlarm(group)).toBe(true);
    await expect
      .poll(() => executionsOf(agent))
      .toMatchObject([{ status: "completed" }, { status: "running" }]);
  });

  it("of a host that is restored runs by itself again", async () => {
    const agent = await hostWith(first?.id);
    await expect.poll(() => executionsOf(agent)).toHaveLength(1);
    const [one] = await executionsOf(agent);
    await answer(agent, one?.id);
    await expect.poll(() => executionsOf(agent)).toMatchObject([{ status: "completed" }]);
    const requested_at = new Date().toISOString();
    await send({ type: "RequestHostDeregistration", data: { host_id: agent.id, requested_at } });
    await expect.poll(() => agent.events()).toContain("HostTombstoned");
    const group = env.CHECKS_GROUP.getByName(agent.id);
    await expect.poll(() => runDurableObjectAlarm(group)).toBe(false);
    expect(await executionsOf(agent)).toHaveLength(1);
    await agent.register();
    await expect.poll(() => executionsOf(agent)).toMatchObject([{}, { status: "running" }]);
  });

  it("refuses another execution while one runs, and takes it afterwards", async () => {
    const agent = await hostWith();
    const request = () => ({
      execution_id: crypto.randomUUID(),
      group_id: agent.id,
      target_type: "host",
      env: {},
      targets: [{ agent_id: agent.id, checks: [String(first?.id), String(second?.id)], attributes: {} }],
    });
    const [one, two] = [request(), request()];
    expect(await groupOf(agent).start(one)).toBe("started");
    expect(await groupOf(agent).start(two)).toBe("already_running");
    expect(await groupOf(agent).start(one)).toBe("already_running");
    await answer(agent, one.execution_id);
    await expect.poll(() => groupOf(agent).start(two)).toBe("started");
    await answer(agent, two.execution_id);
    await expect.poll(() => groupOf(agent).start(one)).toBe("started_before");
  });

  it("runs nothing of a target that is not there", async () => {
    const nobody = new TestAgent();
    expect(await groupOf(nobody).request({ type: "host", id: nobody.id })).toBe("not_found");
    expect(await groupOf(nobody).request({ type: "cluster", id: nobody.id })).toBe("not_found");
  });

  it("knows no check that is in no catalogue", async () => {
    const agent = await hostWith("UNKNOWN");
    expect(await groupOf(agent).request({ type: "host", id: agent.id })).toBe("none_concern");
  });
});
