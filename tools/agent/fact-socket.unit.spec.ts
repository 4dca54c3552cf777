/** An agent's socket: it answers, and it comes back. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Fact } from "../../checks/facts.ts";
import { PING, PONG } from "../../checks/relay-messages.ts";
import type { Listener } from "../socket/lasting-socket.ts";
import { FactSocket } from "./fact-socket.ts";

class Line {
  readonly listener: Listener;
  readonly sent: unknown[] = [];
  isClosed = false;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  hear(message: unknown): void {
    this.listener.onMessage(typeof message === "string" ? message : JSON.stringify(message));
  }
}

let lines: Line[];
interface Wait {
  readonly milliseconds: number;
  readonly call: () => void;
}

/** After how much silence an open line is tried, and after how much more it is given up. */
const [SILENCE, ANSWER] = [25_000, 20_000];

let waiting: Wait[];
/** Waits of the trials of the line. */
let trials: Wait[];
let discovered: string[];
let gathered: Promise<readonly Fact[]> | readonly Fact[];
let socket: FactSocket;

beforeEach(() => {
  lines = [];
  waiting = [];
  trials = [];
  discovered = [];
  gathered = [{ check_id: "A", name: "token", value: 1 }];
  socket = new FactSocket({
    connect: (listener) => {
      const line = new Line(listener);
      lines.push(line);
      return {
        send: (text) => line.sent.push(text === PING ? PING : JSON.parse(text)),
        close: () => {
          line.isClosed = true;
          listener.onClose();
        },
      };
    },
    after: (milliseconds, call) => {
      const one = { milliseconds, call };
      const isTrial = milliseconds === SILENCE || milliseconds === ANSWER;
      if (isTrial) trials.push(one);
      else waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
        trials = trials.filter((other) => other !== one);
      };
    },
    gather: () => gathered,
    discover: (type) => discovered.push(type),
  });
  socket.open();
});

const request = {
  type: "FactsGatheringRequested",
  execution_id: "00000000-0000-4000-8000-000000000001",
  group_id: "00000000-0000-4000-8000-000000000002",
  expires_at: "2026-11-25T12:00:00Z",
  fact_requests: [{ check_id: "A", name: "token", gatherer: "corosync.conf@v1", argument: "totem.token" }],
};
const answer = {
  type: "FactsGathered",
  execution_id: request.execution_id,
  group_id: request.group_id,
  facts_gathered: [{ check_id: "A", name: "token", value: 1 }],
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

function onlyWait() {
  const [one] = waiting;
  expect(waiting).toHaveLength(1);
  if (one === undefined) throw new Error("nothing waits");
  waiting = [];
  return one;
}

describe("a socket", () => {
  it("answers a request for facts, as often as it comes", async () => {
    lines[0]?.hear(request);
    lines[0]?.hear(request);
    await settled();
    expect(lines[0]?.sent).toEqual([answer, answer]);
  });

  it("runs a discovery when it is asked to", () => {
    lines[0]?.hear({ type: "DiscoveryRequested", discovery_type: "saptune_discovery" });
    expect(discovered).toEqual(["saptune_discovery"]);
  });

  it.each(["no JSON", "[]", '{"type":"Something"}', { ...request, execution_id: 1 }, { type: "accepted" }])(
    "passes over %j",
    async (message) => {
      lines[0]?.hear(message);
      await settled();
      expect([lines[0]?.sent, discovered]).toEqual([[], []]);
    },
  );

  it("comes back when it is lost, after longer and longer pauses, until it is open", () => {
    const pauses: number[] = [];
    for (let times = 0; times < 7; times += 1) {
      lines.at(-1)?.listener.onClose();
      const wait = onlyWait();
      pauses.push(wait.milliseconds);
      wait.call();
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    lines.at(-1)?.listener.onOpen();
    lines.at(-1)?.listener.onClose();
    expect(onlyWait().milliseconds).toBe(1_000);
    expect(lines).toHaveLength(8);
  });

  it("tries a line that says nothing, and gives it up when nothing comes back", () => {
    const [line] = lines;
    line?.listener.onOpen();
    trials.shift()?.call();
    expect(line?.sent).toEqual([PING]);
    line?.listener.onMessage(PONG);
    expect(trials.map(({ milliseconds }) => milliseconds)).toEqual([SILENCE]);
    trials.shift()?.call();
    trials.shift()?.call();
    expect(line?.isClosed).toBe(true);
    onlyWait().call();
    expect(lines).toHaveLength(2);
  });

  it("answers with errors where gathering fails, and goes on", async () => {
    gathered = Promise.reject(new Error("the disk is full"));
    lines[0]?.hear(request);
    await settled();
    const error = { type: "gathering_failed", message: "The agent failed: Error: the disk is full" };
    expect(lines[0]?.sent).toEqual([
      { ...answer, facts_gathered: [{ check_id: "A", name: "token", error }] },
    ]);
  });

  it("does not answer over a connection that was lost meanwhile", async () => {
    let gather: (facts: readonly Fact[]) => void = () => {};
    gathered = new Promise((resolve) => {
      gather = resolve;
    });
    lines[0]?.hear(request);
    lines[0]?.listener.onClose();
    gather([]);
    await settled();
    expect(lines[0]?.sent).toEqual([]);
  });

  it("stays closed when it was closed, and can be opened again", () => {
    socket.close();
    expect([lines[0]?.isClosed, waiting.length]).toEqual([true, 0]);
    socket.open();
    socket.open();
    expect(lines).toHaveLength(2);
    lines[1]?.listener.onClose();
    socket.close();
    expect(waiting).toEqual([]);
  });
});
