/** The smallest system: counters, one who listens to all, one who lets something follow from some. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { CommandOutcome, CommandRequest } from "../../durable-objects/event-stream/commands.ts";
import type { NudgeMessage, StreamName } from "../../durable-objects/event-stream/events.ts";
import type { Subscriber } from "../../durable-objects/event-stream/subscribers.ts";
import { databaseOf, runTogether } from "../../workers/read-models/database.ts";
import { advanceCheckpoint, readCheckpointsOf } from "../../workers/subscription/checkpoints.ts";
import { consume } from "../../workers/subscription/consume.ts";
import { type CounterCommand, CounterObject, type CounterStub } from "../counter.ts";
import type { SimulatedObject } from "./objects.ts";
import { System } from "./system.ts";

const noted = new Set(["Noted"]);
const listened = sqliteTable("listened", { stream: text().notNull(), version: integer().notNull() });

/** What the objects and consumers of this system find in their environment. */
interface CounterBindings {
  readonly DB: D1Database;
  readonly COUNTER: { getByName(id: string): CounterStub };
  readonly LISTENER_QUEUE: Subscriber["queue"];
  readonly FOLLOWER_QUEUE: Subscriber["queue"];
}

class SimulatedCounter extends CounterObject {
  protected override subscribers(): readonly Subscriber[] {
    const { LISTENER_QUEUE, FOLLOWER_QUEUE } = this.env as unknown as CounterBindings;
    return [
      { name: "listener", queue: LISTENER_QUEUE },
      { name: "follower", wants: noted, queue: FOLLOWER_QUEUE },
    ];
  }
}

/** Who is added to when something is noted at a counter. */
function target(id: string): string {
  return `c${(Number(id.slice(1)) + 1) % 3}`;
}

function request(id: string, command: CounterCommand, commandId: string): CommandRequest<CounterCommand> {
  const metadata = { correlationId: commandId, causationId: null, actor: "client" };
  return { stream: { type: "counter", id }, command, commandId, metadata };
}

const ports = (env: CounterBindings, name: string) => ({
  readCheckpoints: (streams: readonly string[]) => readCheckpointsOf(databaseOf(env), name, streams),
  readEvents: (stream: StreamName, from: number, to: number) =>
    env.COUNTER.getByName(stream.id).readEvents(from, to),
});

function listen(messages: readonly Message<NudgeMessage>[], env: CounterBindings): Promise<void> {
  const db = databaseOf(env);
  return consume(messages, {
    ...ports(env, "listener"),
    apply: (progress) =>
      runTogether(
        db,
        progress
          .filter(({ previous, reached }) => reached > previous)
          .flatMap((one) => [
            ...one.events.map(({ version }) =>
              db.insert(listened).values({ stream: one.stream.id, version }),
            ),
            advanceCheckpoint(db, "listener", one),
          ]),
      ),
  });
}

/** As `workers/subscription/subscriber.ts` does. */
function follow(messages: readonly Message<NudgeMessage>[], env: CounterBindings): Promise<void> {
  const db = databaseOf(env);
  return consume(messages, {
    ...ports(env, "follower"),
    apply: async (progress) => {
      const fresh = progress.filter(({ previous, reached }) => reached > previous);
      for (const { stream, events } of fresh)
        for (const event of events) {
          if (event.type !== "Noted") continue;
          const to = target(stream.id);
          const add: CounterCommand = { type: "Add", data: { amount: 1 } };
          const outcome = await env.COUNTER.getByName(to).execute(request(to, add, `${event.id}/Add/${to}`));
          if (outcome.status !== "accepted") throw new Error(`not accepted: ${outcome.status}`);
        }
      await runTogether(
        db,
        fresh.map((one) => advanceCheckpoint(db, "follower", one)),
      );
    },
  });
}

interface Accepted {
  readonly counter: string;
  readonly amount: number;
}

export class CounterSystem extends System {
  constructor(seed: number, tell: ((line: string) => void) | null) {
    super(
      seed,
      {
        classes: { COUNTER: SimulatedCounter },
        queues: {
          LISTENER_QUEUE: { subscriber: "listener", consume: listen },
          FOLLOWER_QUEUE: { subscriber: "follower", consume: follow },
        },
        variables: { TALLY: { getByName: () => ({ add: async () => {} }) } },
        hearsAll: "listener",
        streams: ["counter"],
      },
      tell,
    );
    this.d1.database.exec("CREATE TABLE listened (number INTEGER PRIMARY KEY, stream TEXT, version INTEGER)");
  }

  #stub(id: string): CounterStub {
    return (this.env as unknown as CounterBindings).COUNTER.getByName(id);
  }

  #command(): CounterCommand {
    const { random } = this.world;
    return random.pick<CounterCommand>([
      { type: "Add", data: { amount: random.whole(0, 3), times: random.pick([1, 1, 2, 130]) } },
      { type: "Add", data: { amount: random.whole(1, 3) } },
      { type: "Note", data: { text: "x".repeat(random.pick([3, 3, 50_000])) } },
    ]);
  }

  /** A client asks until it is answered. */
  async send(id: string): Promise<Accepted> {
    const { world } = this;
    const counter = `c${world.random.whole(0, 2)}`;
    const command = this.#command();
    for (;;) {
      try {
        const outcome = await this.#stub(counter).execute(request(counter, command, id));
        if (world.chance(0.2)) await this.#askAgain(counter, command, id, outcome);
        const amount = command.type === "Add" ? command.data.amount * (command.data.times ?? 1) : 0;
        return { counter, amount };
      } catch {
        await scheduler.wait(500);
      }
    }
  }

  /** Now and then a client asks again although it was answered. Of a stream that is not there nothing is kept. */
  async #askAgain(counter: string, command: CounterCommand, id: string, outcome: CommandOutcome) {
    const again = await this.#stub(counter)
      .execute(request(counter, command, id))
      .catch(() => null);
    const isKept = outcome.status !== "accepted" || outcome.version !== 0;
    if (again !== null && isKept && JSON.stringify(again) !== JSON.stringify(outcome))
      this.world.problem(`${id} was answered ${JSON.stringify(outcome)} and then ${JSON.stringify(again)}`);
  }

  check(accepted: readonly Accepted[]): void {
    this.checkStreams([
      { name: "listener", wants: () => "all" },
      { name: "follower", wants: () => noted },
    ]);
    for (const object of this.streams()) this.#checkCounter(object, accepted);
  }

  #checkCounter(object: SimulatedObject, accepted: readonly Accepted[]): void {
    const { world } = this;
    const events = object.storage.read<{ version: number; id: string; type: string; data: string }>(
      "SELECT version, id, type, data FROM events ORDER BY version",
    );
    const heard = this.d1
      .rows<{ version: number }>("SELECT version FROM listened WHERE stream = ? ORDER BY number", object.id)
      .map(({ version }) => version);
    if (JSON.stringify(heard) !== JSON.stringify(events.map(({ version }) => version)))
      world.problem(
        `${object.name}: the listener heard ${heard.length} of ${events.length}: ${heard.slice(0, 30)}`,
      );
    for (const { type, id } of events) {
      if (type !== "Noted") continue;
      const to = target(object.id);
      const followed = this.objectOf("counter", to).storage.read(
        "SELECT 1 FROM events WHERE id LIKE ?",
        `${id}/Add/${to}%`,
      ).length;
      if (followed !== 1) world.problem(`${id} was followed ${followed} times`);
    }
    const added = events.filter(({ type }) => type === "Added");
    const sum = added.reduce((total, { data }) => total + Number(JSON.parse(data).amount), 0);
    const followers = events.filter(({ id }) => id.includes("/Add/")).length;
    const own = accepted.filter(({ counter }) => counter === object.id);
    const wanted = own.reduce((total, { amount }) => total + amount, 0) + followers;
    if (sum !== wanted) world.problem(`${object.name} is ${sum}, and should be ${wanted}`);
  }
}

export async function playCounter(system: CounterSystem): Promise<void> {
  const { world } = system;
  const { random } = world;
  system.chooseFaults();
  const accepted: Accepted[] = [];
  const commands = random.whole(3, 40);
  for (let number = 0; number < commands; number += 1)
    world.after(random.whole(0, 20_000), `client sends k${number}`, () => {
      void system.send(`k${number}`).then((one) => accepted.push(one));
    });
  await system.run(() => accepted.length === commands, 60_000);
  if (world.problems.length === 0)
    await system.run(() => world.nextAt === null || random.next() < 0.01, 5_000);
  if (world.problems.length === 0) await system.quiet(20_000);
  if (world.problems.length > 0) return;
  system.check(accepted);
  await system.checkReplay();
}
