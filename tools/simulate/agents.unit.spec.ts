/** How agents behave in time, with a clock in hand. */
import { describe, expect, it } from "vitest";
import { SimulatedAgent, startAgents, startedAfter } from "./agents.ts";
import { ClockInHand, Sent } from "./clock-in-hand.spec.ts";
import { generateLandscape } from "./landscape.ts";

function oneHost() {
  const [host] = generateLandscape({ hosts: 1, seed: 1 }).hosts;
  if (host === undefined) throw new Error("there is no host");
  return host;
}

describe("an agent", () => {
  it("sends everything at once when it starts, and then each at its own pace", () => {
    const [clock, sent] = [new ClockInHand(), new Sent()];
    new SimulatedAgent(oneHost(), sent.transport, clock).start(300);
    clock.pass(299);
    expect(sent.paths).toEqual([]);
    clock.pass(1);
    expect(sent.paths.sort()).toEqual([
      "cloud_discovery",
      "ha_cluster_discovery",
      "heartbeat",
      "host_discovery",
      "sap_system_discovery",
      "saptune_discovery",
      "subscription_discovery",
    ]);
    clock.pass(900_000);
    expect([sent.count("heartbeat"), sent.count("host_discovery"), sent.count("saptune_discovery")]).toEqual([
      181, 91, 2,
    ]);
  });

  it("is silent while its host is off, and tells all when it is back", () => {
    const [clock, sent] = [new ClockInHand(), new Sent()];
    const agent = new SimulatedAgent(oneHost(), sent.transport, clock);
    agent.start(0);
    clock.pass(0);
    agent.setSilent(true);
    sent.paths.length = 0;
    clock.pass(60_000);
    expect(sent.paths).toEqual([]);
    agent.setSilent(false);
    expect(sent.paths).toHaveLength(7);
    agent.stop();
    clock.pass(60_000);
    expect(sent.paths).toHaveLength(7);
  });
});

describe("a landscape", () => {
  const firstsBy = (hosts: number, milliseconds: number) => {
    const [clock, sent] = [new ClockInHand(), new Sent()];
    startAgents(generateLandscape({ hosts, seed: 1 }), sent.transport, clock);
    clock.pass(milliseconds);
    return sent.count("host_discovery");
  };

  it("does not start within one second when it is large, and all have started when it is said", () => {
    expect(firstsBy(45, 1_000)).toBeLessThan(30);
    expect(firstsBy(45, startedAfter(45))).toBe(45);
  });
});
