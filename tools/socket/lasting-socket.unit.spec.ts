/** A line that says nothing is tried, and given up when it stays silent. */
import { beforeEach, describe, expect, it } from "vitest";
import { LastingSocket, type Listener } from "./lasting-socket.ts";

interface Line {
  readonly listener: Listener;
  readonly sent: string[];
  isClosed: boolean;
}

let lines: Line[];
let waiting: { milliseconds: number; call: () => void }[];
let states: boolean[];
let heard: string[];
let socket: LastingSocket;

beforeEach(() => {
  lines = [];
  waiting = [];
  states = [];
  heard = [];
  const ports = {
    connect: (listener: Listener) => {
      const line: Line = { listener, sent: [], isClosed: false };
      lines.push(line);
      return {
        send: (text: string) => void line.sent.push(text),
        // As with a cable that was cut: nobody says that it is closed.
        close: () => {
          line.isClosed = true;
        },
      };
    },
    after: (milliseconds: number, call: () => void) => {
      const one = { milliseconds, call };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    onMessage: (text: string) => void heard.push(text),
    onState: (isOpen: boolean) => void states.push(isOpen),
  };
  socket = new LastingSocket(ports, { ping: "ping", every: 15_000, patience: 25_000 });
  socket.open();
});

/** The one time that is waited for comes. @returns it, in milliseconds */
function timePasses(): number {
  const [one] = waiting;
  expect(waiting).toHaveLength(1);
  waiting = [];
  one?.call();
  return one?.milliseconds ?? 0;
}

describe("a line that is tried", () => {
  it("is sent a ping after each silence, and stays while something is heard", () => {
    lines[0]?.listener.onOpen();
    for (let times = 0; times < 3; times += 1) {
      expect(timePasses()).toBe(15_000);
      lines[0]?.listener.onMessage("pong");
    }
    expect([lines[0]?.sent, lines.length, states]).toEqual([["ping", "ping", "ping"], 1, [true]]);
    expect(heard).toEqual(["pong", "pong", "pong"]);
  });

  it("is given up and made anew when it stays silent, and what it says then is not heard", () => {
    lines[0]?.listener.onOpen();
    timePasses();
    expect(timePasses()).toBe(10_000);
    expect([lines[0]?.isClosed, states]).toEqual([true, [true, false]]);
    expect(timePasses()).toBe(1_000);
    lines[1]?.listener.onOpen();
    lines[0]?.listener.onMessage("late");
    lines[0]?.listener.onClose();
    expect([heard, states, lines.length]).toEqual([[], [true, false, true], 2]);
  });

  it("is given up also when it never opens", () => {
    timePasses();
    timePasses();
    expect([lines[0]?.isClosed, lines[0]?.sent, states]).toEqual([true, [], []]);
    timePasses();
    expect(lines).toHaveLength(2);
  });

  it("takes nothing while it is not open", () => {
    expect(socket.send("one")).toBe(false);
    lines[0]?.listener.onOpen();
    expect(socket.send("two")).toBe(true);
    socket.close();
    expect(socket.send("three")).toBe(false);
    expect([lines[0]?.sent, waiting, socket.isOpen]).toEqual([["two"], [], false]);
  });
});
