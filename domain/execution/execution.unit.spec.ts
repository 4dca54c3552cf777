/** An execution starts once, hears its targets, and ends once. */
import { describe, it } from "vitest";
import { given } from "../given-when-then.ts";
import type { ExecutionCommand, ExecutionEvent } from "./index.ts";
import { execution } from "./index.ts";

const execution_id = "e";
const about = { execution_id, group_id: "g", target_type: "cluster" };
const targets = [
  { agent_id: "one", checks: ["A"] },
  { agent_id: "two", checks: ["A", "B"] },
];
const summary = {
  result: "critical",
  timeout: ["two"],
  critical_count: 1,
  warning_count: 0,
  passing_count: 1,
} as const;

const start: ExecutionCommand = { type: "StartExecution", data: { ...about, targets } };
const answerOf = (agent_id: string): ExecutionCommand => ({
  type: "ReceiveAnswer",
  data: { execution_id, agent_id },
});
const complete: ExecutionCommand = { type: "CompleteExecution", data: { execution_id, ...summary } };

const started: ExecutionEvent = { type: "ExecutionStarted", data: { ...about, targets } };
const answered = (agent_id: string): ExecutionEvent => ({
  type: "TargetAnswered",
  data: { ...about, agent_id },
});
const completed: ExecutionEvent = { type: "ExecutionCompleted", data: { ...about, ...summary } };

describe("an execution", () => {
  it("starts", () => {
    given(execution).when(start).then([started]);
  });

  it("does not start again", () => {
    given(execution, [started]).when(start).thenNothing();
    given(execution, [started, completed]).when(start).thenNothing();
  });

  it.each([answerOf("one"), complete])("that has not started takes no $type", (command) => {
    given(execution).when(command).thenRefused("execution_not_started");
  });

  it("hears each target once", () => {
    given(execution, [started])
      .when(answerOf("one"))
      .then([answered("one")]);
    given(execution, [started, answered("one")])
      .when(answerOf("one"))
      .thenNothing();
    given(execution, [started, answered("one")])
      .when(answerOf("two"))
      .then([answered("two")]);
  });

  it("does not hear others", () => {
    given(execution, [started]).when(answerOf("three")).thenRefused("agent_not_a_target");
  });

  it("ends, whoever has answered", () => {
    given(execution, [started, answered("one")])
      .when(complete)
      .then([completed]);
  });

  it("does not end twice, and hears nobody after its end", () => {
    given(execution, [started, completed]).when(complete).thenNothing();
    given(execution, [started, completed]).when(answerOf("one")).thenNothing();
  });
});
