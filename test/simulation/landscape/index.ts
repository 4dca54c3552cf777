/** A landscape: agents discover, things happen, people select checks and clean up; everything that follows must have followed. */
import { alertingEvents } from "../../../domain/alerts/alert.ts";
import type { Subscriber } from "../../../durable-objects/event-stream/subscribers.ts";
import { checkHeartbeats, checkLinks, checkOutside, checkReactions, checkTimers } from "./check-effects.ts";
import { checkRooms, enterRooms, type Listeners } from "./check-rooms.ts";
import { checkTables, compareWithoutFaults } from "./check-tables.ts";
import { tellStory } from "./story.ts";
import { aggregates, type LandscapeSystem } from "./system.ts";

/** Types of events that the process manager is told of, as the objects themselves say. */
function wantedByProcessManager(): Map<string, ReadonlySet<string>> {
  return new Map(
    Object.entries(aggregates).map(([kind, made]) => {
      const like: { subscribers(): readonly Subscriber[] } = Object.create(made.prototype, {
        env: { value: {} },
        webhooks: { value: () => [] },
      });
      const found = like.subscribers().find(({ name }) => name === "process-manager");
      return [kind, found?.wants ?? new Set()];
    }),
  );
}

async function check(system: LandscapeSystem, listeners: Listeners): Promise<void> {
  const followed = wantedByProcessManager();
  system.checkStreams([
    { name: "projector", wants: () => "all" },
    { name: "process-manager", wants: (kind) => followed.get(kind) ?? null },
    { name: "notifier", wants: () => alertingEvents },
  ]);
  checkHeartbeats(system);
  await checkTables(system);
  checkLinks(system);
  checkTimers(system);
  checkReactions(system);
  checkOutside(system);
  await checkRooms(system, listeners);
  await system.checkReplay();
}

export async function playLandscape(system: LandscapeSystem): Promise<void> {
  const { world } = system;
  system.chooseFaults();
  const listeners = enterRooms(system);
  const kinds = await tellStory(system);
  if (world.problems.length > 0) return;
  await check(system, listeners);
  if (world.problems.length > 0 || world.counts.has("clock jump")) return;
  await compareWithoutFaults(system, kinds);
}
