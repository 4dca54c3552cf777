/** Incidents: all who are concerned see them, and see them end. */
import { describe, expect, it } from "vitest";
import { startAgents } from "./agents.ts";
import { ClockInHand, Sent } from "./clock-in-hand.spec.ts";
import { ControlPlane } from "./control-plane.spec.ts";
import { discoveriesOf, envelopeOf } from "./discoveries.ts";
import { expectedOf } from "./expected.ts";
import { factsOf } from "./facts/index.ts";
import type { Plan } from "./incidents/incident.ts";
import { IncidentScript, incidents, tellIncidents } from "./incidents.ts";
import { inOrder, knownBy } from "./known.spec.ts";
import { generateLandscape } from "./landscape.ts";
import type { Installation, Landscape } from "./model/installation.ts";
import { randomFrom } from "./random.ts";

/** What some mistakes show in alone. */
const askedFor = [{ check_id: "A", name: "token", gatherer: "corosync.conf@v1", argument: "totem.token" }];

/** By hosts that are up. */
const sent = ({ hosts }: Pick<Installation, "hosts">) =>
  hosts
    .filter(({ isDown }) => !isDown)
    .flatMap((host) => [
      ...discoveriesOf(host).map((discovery) => envelopeOf(host, discovery)),
      JSON.stringify(factsOf(host, askedFor)),
    ]);

function planned(name: string, { installations }: Pick<Landscape, "installations">, seed: number): Plan {
  const incident = incidents.find((one) => one.name === name);
  const plan = incident?.plan({ installations, random: randomFrom(seed), number: seed }) ?? null;
  if (plan === null) throw new Error(`${name} cannot happen`);
  return plan;
}

describe.each(incidents)("$name", ({ name }) => {
  it("is seen step by step, as the model has it", () => {
    for (const seed of [1, 2]) {
      const landscape = generateLandscape({ hosts: 45, seed });
      const { installation, steps } = planned(name, landscape, seed);
      const part = { hosts: installation.hosts, installations: [installation] };
      const plane = new ControlPlane().reportAll(part.hosts);
      for (const { change, line } of steps) {
        const before = sent(installation);
        change();
        expect(sent(installation), line).not.toEqual(before);
        plane.reportAll(part.hosts);
        expect(plane.refused, line).toEqual([]);
        expect(knownBy(plane), line).toEqual(inOrder(expectedOf(part)));
      }
    }
  });
});

describe("what does not stay", () => {
  it.each(incidents.filter(({ stays }) => !stays))(
    "leaves, after $name, everything as it was",
    ({ name }) => {
      for (const seed of [1, 2]) {
        const { installation, steps } = planned(name, generateLandscape({ hosts: 45, seed }), seed);
        const before = sent(installation);
        for (const { change } of steps) change();
        expect(steps.length).toBeGreaterThan(1);
        expect(sent(installation)).toEqual(before);
      }
    },
  );
});

describe("what stays", () => {
  it("is, after a failover, that the sites have changed their roles: a second one brings all back", () => {
    const { installation, steps } = planned("hana-failover", generateLandscape({ hosts: 45, seed: 1 }), 1);
    const before = sent(installation);
    for (const { change } of steps) change();
    expect(sent(installation)).not.toEqual(before);
    for (const { change } of planned("hana-failover", { installations: [installation] }, 1).steps) change();
    expect(sent(installation)).toEqual(before);
  });

  it.each(["host-rebooted", "agent-updated"])("is, after %s, a detail of one host", (name) => {
    const { installation, steps } = planned(name, generateLandscape({ hosts: 45, seed: 1 }), 1);
    const before = sent(installation);
    for (const { change } of steps) change();
    const changed = sent(installation).filter((text) => !before.includes(text));
    const types = new Set(
      changed.map((text) => `${JSON.parse(text).discovery_type} ${JSON.parse(text).agent_id}`),
    );
    const ofHost = [...types].filter((type) => type.startsWith("host_discovery"));
    expect(ofHost).toHaveLength(1);
    expect(new Set([...types].map((type) => type.split(" ")[1])).size).toBe(1);
  });
});

describe("a story", () => {
  const ROUND = incidents.length * 8_000;

  function tell(use: (clock: ClockInHand, end: () => void, lines: readonly string[]) => void) {
    const [clock, transport, lines] = [new ClockInHand(), new Sent(), [] as string[]];
    const agents = startAgents(generateLandscape({ hosts: 45, seed: 2 }), transport.transport, clock);
    const end = tellIncidents(agents, 2, clock, (line) => lines.push(line));
    use(clock, end, lines);
    for (const agent of agents) agent.stop();
    return lines;
  }

  it("is the same for the same seed, and has something of every kind", () => {
    const lines = tell((clock) => clock.pass(ROUND + 25_000));
    expect(tell((clock) => clock.pass(ROUND + 25_000))).toEqual(lines);
    for (const part of [
      "takes over",
      "stops reporting",
      "SBD",
      "moves back",
      "is lost",
      "agent",
      "gone from",
    ]) {
      expect(
        lines.some((line) => line.includes(part)),
        part,
      ).toBe(true);
    }
  });

  it("ends when it is told to", () => {
    tell((clock, end, lines) => {
      clock.pass(ROUND);
      end();
      const told = lines.length;
      clock.pass(ROUND);
      expect(lines).toHaveLength(told);
    });
  });

  it("lets two things never happen at once where all belongs together", () => {
    const [clock, transport, lines] = [new ClockInHand(), new Sent(), [] as string[]];
    // Of six hosts, all belong together.
    const agents = startAgents(generateLandscape({ hosts: 6, seed: 2 }), transport.transport, clock);
    const script = new IncidentScript(agents, 2, clock, (line) => lines.push(line));
    const [failover, other] = incidents;
    expect(other !== undefined && script.play(failover) && script.play(other)).toBe(false);
    clock.pass(25_000);
    expect(other !== undefined && script.play(other)).toBe(true);
    expect(lines).toHaveLength(4);
  });
});
