/** What Trento's clients are told of an execution. */
import { expect, it } from "vitest";
import { sayOfExecution } from "./execution-messages.ts";

const [execution_id, group_id, agent_id] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
const stored = {
  version: 1,
  id: "e",
  occurredAt: "2026-11-25T03:00:00.000Z",
  metadata: { correlationId: "c", causationId: null, actor: "a" },
  schemaVersion: 1,
};
const of = { execution_id, group_id, target_type: "cluster" };
const nothing = { view: null, name: null };

it("that it started, with whom it asks for what, and that it ended; of answers nothing", () => {
  const targets = [{ agent_id, checks: ["A"] }];
  expect(sayOfExecution({ ...stored, type: "ExecutionStarted", data: { ...of, targets } }, nothing)).toEqual({
    event: "execution_started",
    payload: { ...of, targets },
  });
  const summary = {
    result: "passing",
    timeout: [],
    critical_count: 0,
    warning_count: 0,
    passing_count: 1,
  } as const;
  expect(
    sayOfExecution({ ...stored, type: "ExecutionCompleted", data: { ...of, ...summary } }, nothing),
  ).toEqual({ event: "execution_completed", payload: { group_id, target_type: "cluster" } });
  expect(
    sayOfExecution({ ...stored, type: "TargetAnswered", data: { ...of, agent_id } }, nothing),
  ).toBeNull();
});
