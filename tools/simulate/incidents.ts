/** What happens in a landscape, one thing after the other; the same seed tells the same story. */
import type { Clock, SimulatedAgent } from "./agents.ts";
import { type Random, randomFrom } from "./random.ts";

/** Milliseconds between two incidents, and until one is over. */
const EVERY = 8_000;
const LASTS = 25_000;

interface Incident {
  readonly name: string;
  begin(agent: SimulatedAgent, number: number): void;
  /** Absent where what happened stays. */
  end?(agent: SimulatedAgent): void;
}

const stops: Incident = {
  name: "stops reporting",
  begin: (agent) => agent.setSilent(true),
  end: (agent) => agent.setSilent(false),
};

const incidents: readonly [Incident, ...Incident[]] = [
  stops,
  {
    name: "is rebooted",
    begin: (agent, number) => {
      agent.change({ bootedAt: new Date(Date.UTC(2026, 10, 1, 0, number)).toISOString() });
    },
  },
  { name: "gets a new agent", begin: (agent, number) => agent.change({ agentVersion: `3.1.${number}` }) },
  {
    name: "gets another address",
    begin: (agent) => agent.change({ extraAddress: agent.host.address.replace(/^10\.\d+/, "10.90") }),
    end: (agent) => agent.change({ extraAddress: null }),
  },
  {
    name: "loses its tuning",
    begin: (agent) => agent.change({ tuning: "not compliant" }),
    end: (agent) => agent.change({ tuning: "compliant" }),
  },
];

function pickAgent(
  incident: Incident,
  agents: readonly SimulatedAgent[],
  random: Random,
): SimulatedAgent | undefined {
  // Only where SAP runs is anything tuned.
  const able =
    incident.name === "loses its tuning" ? agents.filter(({ host }) => host.role !== "none") : agents;
  return able[random.whole(0, Math.max(0, able.length - 1))];
}

/** @returns what ends the story */
export function tellIncidents(
  agents: readonly SimulatedAgent[],
  seed: number,
  clock: Clock,
  tell: (line: string) => void,
): () => void {
  const random = randomFrom(seed + 1);
  const cancels = new Set<() => void>();
  const later = (milliseconds: number, call: () => void) => {
    const cancel = clock.after(milliseconds, () => {
      cancels.delete(cancel);
      call();
    });
    cancels.add(cancel);
  };
  const next = (number: number) => {
    const incident = incidents[number % incidents.length] ?? stops;
    const agent = pickAgent(incident, agents, random);
    if (agent !== undefined) {
      tell(`${agent.host.hostname} ${incident.name}`);
      incident.begin(agent, number);
      later(LASTS, () => {
        if (incident.end === undefined) return;
        tell(`${agent.host.hostname} is as before`);
        incident.end(agent);
      });
    }
    later(EVERY, () => next(number + 1));
  };
  later(EVERY, () => next(0));
  return () => {
    for (const cancel of cancels) cancel();
  };
}
