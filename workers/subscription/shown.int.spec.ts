/** What third parties are told of can be read by then. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { PROJECTOR } from "../../durable-objects/event-stream/subscribers.ts";
import { databaseOf, runTogether } from "../read-models/database.ts";
import { advanceCheckpoint } from "./checkpoints.ts";
import { untilShown } from "./shown.ts";

const at = (id: string, reached: number, previous = 0) => ({
  stream: { type: "host", id },
  previous,
  reached,
});

it("waits for the projector, on every stream", async () => {
  const [one, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const db = databaseOf(env);
  const moved: string[] = [];
  const move = async (...steps: ReturnType<typeof at>[]) => {
    await runTogether(
      db,
      steps.map((step) => advanceCheckpoint(db, PROJECTOR, step)),
    );
    for (const { reached } of steps) moved.push(String(reached));
  };
  await move(at(one, 1));
  const told = untilShown(env, [at(one, 3), at(other, 2)]).then(() => moved.push("told"));
  await move(at(other, 2));
  await move(at(one, 2, 1));
  await move(at(one, 3, 2));
  await told;
  expect(moved).toEqual(["1", "2", "2", "3", "told"]);
});

it("does not wait for what is there, nor for nothing", async () => {
  const id = crypto.randomUUID();
  const db = databaseOf(env);
  await runTogether(db, [advanceCheckpoint(db, PROJECTOR, at(id, 5))]);
  await untilShown(env, [at(id, 4)]);
  await untilShown(env, []);
});
