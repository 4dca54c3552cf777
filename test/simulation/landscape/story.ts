/** What happens in a landscape: agents discover, incidents, and what people do. */
import { shardCount, watchStub } from "../../../durable-objects/heartbeat-watch/shards.ts";
import { discoveriesOf, envelopeOf } from "../../../tools/simulate/discoveries.ts";
import { incidents } from "../../../tools/simulate/incidents/index.ts";
import { generateLandscape, type Landscape, type SimulatedHost } from "../../../tools/simulate/landscape.ts";
import { Agent, connect } from "./agent.ts";
import type { LandscapeSystem } from "./system.ts";

const HOUR = 3_600_000;
const MOST_STEPS = 150_000;
/** Longer than any discovery is taken to be in force. */
const REPEATED_AFTER = 16 * 60_000;
const HOST_CHECKS = ["ED6E2B", "ED6E2C", "ED6E2D", "ED6E2E"];
const CLUSTER_CHECKS = ["ED6E01", "ED6E02", "ED6E03"];

class Story {
  readonly kinds = new Set<string>();
  readonly #system: LandscapeSystem;
  readonly #landscape: Landscape;
  readonly #agents: ReadonlyMap<string, Agent>;
  #open = 0;

  constructor(system: LandscapeSystem, landscape: Landscape) {
    this.#system = system;
    this.#landscape = landscape;
    this.#agents = new Map(landscape.hosts.map((host) => [host.id, new Agent(system, host)]));
  }

  get isOver(): boolean {
    return this.#open === 0;
  }

  later(after: number, label: string, work: () => Promise<unknown>): void {
    this.#open += 1;
    this.#system.world.after(after, label, () => {
      void work().finally(() => {
        this.#open -= 1;
      });
    });
  }

  announce(host: SimulatedHost, within: number): void {
    if (host.isDown) return;
    for (const discovery of discoveriesOf(host)) {
      const body = envelopeOf(host, discovery);
      const after = this.#system.world.script.whole(0, within);
      this.later(after, `${host.hostname} discovers ${discovery.type}`, async () =>
        this.#agents.get(host.id)?.say(discovery.type, body),
      );
    }
  }

  announceAll(within: number): void {
    for (const host of this.#landscape.hosts) this.announce(host, within);
  }

  begin(): void {
    for (const host of this.#landscape.hosts) {
      connect(this.#system, host);
      this.announce(host, 20_000);
    }
  }

  /** Agents send heartbeats for a while; then all are lost. */
  beat(): void {
    const { script } = this.#system.world;
    this.kinds.add("beats");
    for (const host of this.#landscape.hosts) {
      const last = script.whole(20_000, 90_000);
      for (let at = script.whole(1_000, 6_000); at < last; at += 5_000)
        this.later(at, `${host.hostname} beats`, async () => {
          if (host.isDown) return;
          const { bindings } = this.#system;
          await watchStub(bindings, host.id)
            .beat(host.id, shardCount(bindings))
            .catch(() => {});
        });
    }
  }

  happen(number: number, beats: boolean): void {
    const { script } = this.#system.world;
    const what = script.whole(0, 9);
    const pause = script.whole(1_000, 60_000);
    this.later(script.whole(5_000, 120_000), "something happens", async () => {
      const [first, ...more] = this.#landscape.hosts;
      if (first === undefined) return;
      const host = script.pick([first, ...more]);
      if (what < 4) return this.#incident(number, pause);
      if (what < 6) return beats ? undefined : this.#loseForAWhile(host, pause);
      if (what < 8) return this.#selectChecks(host);
      if (what < 9) return this.#deregister(host);
      this.#system.addEndpoint(`late-${number}`);
    });
  }

  #incident(number: number, pause: number): void {
    const { script } = this.#system.world;
    const { installations } = this.#landscape;
    const plan = script.pick(incidents).plan({ installations, random: script, number });
    plan?.steps.forEach((step, index) => {
      this.later(index * pause, step.line, async () => {
        step.change();
        for (const one of plan.installation.hosts) this.announce(one, 3_000);
      });
    });
  }

  async #loseForAWhile(host: SimulatedHost, pause: number): Promise<void> {
    this.kinds.add("heartbeat");
    const tell = (heartbeat: "passing" | "critical") =>
      this.#system.command({ type: "UpdateHeartbeat", data: { host_id: host.id, heartbeat } });
    this.later(pause, `${host.hostname} is back`, async () => {
      await tell("passing");
      this.announce(host, 3_000);
    });
    await tell("critical");
  }

  async #selectChecks(host: SimulatedHost): Promise<void> {
    this.kinds.add("checks");
    await this.#system.command({
      type: "SelectHostChecks",
      data: { host_id: host.id, checks: HOST_CHECKS },
    });
    const [cluster] = this.#system.d1.rows<{ id: string }>("SELECT id FROM clusters ORDER BY id");
    if (cluster === undefined) return;
    await this.#system.command({
      type: "SelectChecks",
      data: { cluster_id: cluster.id, checks: CLUSTER_CHECKS },
    });
  }

  async #deregister(host: SimulatedHost): Promise<void> {
    this.kinds.add("deregistration");
    const requested_at = new Date().toISOString();
    await this.#system.command({
      type: "RequestHostDeregistration",
      data: { host_id: host.id, requested_at },
    });
  }
}

/** Agents, people and what happens. @returns the kinds of what happened beside discoveries */
export async function tellStory(system: LandscapeSystem): Promise<ReadonlySet<string>> {
  const { world } = system;
  const { script } = world;
  const landscape = generateLandscape({
    hosts: script.pick([2, 3, 5, 6, 6, 8]),
    seed: script.whole(1, 1_000_000),
  });
  if (script.next() < 0.5) system.addEndpoint("early");
  const story = new Story(system, landscape);
  story.begin();
  const beats = script.next() < 0.3;
  if (beats) story.beat();
  // Some of it happens while the first discoveries are under way.
  const happenings = script.whole(0, 5);
  for (let number = 0; number < happenings; number += 1) story.happen(number, beats);

  const holds = () => world.problems.length === 0;
  await system.run(() => story.isOver, MOST_STEPS);
  const isQuiet = () => world.nextAt === null || world.nextAt > world.now + HOUR;
  if (holds()) await system.run(() => isQuiet() || world.random.next() < 0.003, 20_000);
  // From now on no execution starts by itself.
  system.env.CHECKS_INTERVAL = "0";
  if (holds()) await system.quiet(MOST_STEPS);
  // Agents repeat themselves, and heal what was left. `REPEAT=0` shows what they would have to heal.
  if (process.env.REPEAT !== "0" && holds()) {
    await new Promise<void>((resolve) => {
      world.after(REPEATED_AFTER, "agents repeat themselves", () => {
        story.announceAll(10_000);
        resolve();
      });
      void world.step();
    });
    await system.quiet(MOST_STEPS);
  }
  return story.kinds;
}
