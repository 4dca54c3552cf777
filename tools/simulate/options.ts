/** Options of the simulator's command line. */
import { parseArgs } from "node:util";
import type { Incident } from "./incidents/incident.ts";
import { incidents } from "./incidents/index.ts";
import { providers, type SimulatedProvider } from "./landscape.ts";

export interface Options {
  readonly hosts: number;
  readonly seed: number;
  readonly provider: SimulatedProvider | "mixed";
  readonly url: string;
  readonly apiKey: string;
  /** Seconds; none: until it is stopped. */
  readonly duration: number | null;
  readonly incidents: boolean;
  /** One that is to happen at once. */
  readonly incident: Incident | null;
  readonly mode: "play" | "once" | "load";
  readonly rate: number;
  readonly changed: number;
}

export const help = `npm run simulate -- [options]

Plays the agents of a generated landscape against a server.

  --hosts N        number of hosts (27)
  --seed N         the same seed gives the same landscape (1)
  --provider P     mixed, ${providers.join(", ")} (mixed)
  --url URL        the server (URL, or http://localhost:8787)
  --api-key KEY    the key of the agents (API_KEY)
  --duration S     seconds; without it, until Ctrl+C
  --incidents      lets things happen, one after the other
  --incident NAME  lets one thing happen at once:
${incidents.map(({ name, description }) => `    ${name.padEnd(18)} ${description}`).join("\n")}
  --once           posts every discovery once, and ends
  --load           posts discoveries at a rate, and ends with figures
    --rate R       discoveries a second (50)
    --changed C    share that changes something, 0 to 1 (0.1)
  --help           this text`;

export class WrongOption extends Error {}

function number(name: string, text: string | undefined, fallback: number, low: number, high: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() === "" || !(value >= low && value <= high)) {
    throw new WrongOption(`--${name} must be a number from ${low} to ${high}, not ${text}`);
  }
  return value;
}

function whole(name: string, text: string | undefined, fallback: number, low: number, high: number): number {
  const value = number(name, text, fallback, low, high);
  if (!Number.isInteger(value)) throw new WrongOption(`--${name} must be a whole number, not ${text}`);
  return value;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        hosts: { type: "string" },
        seed: { type: "string" },
        provider: { type: "string" },
        url: { type: "string" },
        "api-key": { type: "string" },
        duration: { type: "string" },
        incidents: { type: "boolean" },
        incident: { type: "string" },
        once: { type: "boolean" },
        load: { type: "boolean" },
        rate: { type: "string" },
        changed: { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error));
  }
}

function urlOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new WrongOption(`--url must be an http or https URL, not ${text}`);
  return text.replace(/\/$/, "");
}

function incidentOf(name: string | undefined): Incident | null {
  if (name === undefined) return null;
  const incident = incidents.find((one) => one.name === name);
  if (incident !== undefined) return incident;
  throw new WrongOption(
    `--incident must be one of ${incidents.map((one) => one.name).join(", ")}, not ${name}`,
  );
}

/** @throws WrongOption; @returns null when only the help was asked for */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options | null {
  const values = parse(args);
  if (values.help) return null;
  const provider = [...providers, "mixed" as const].find((name) => name === (values.provider ?? "mixed"));
  if (provider === undefined)
    throw new WrongOption(`--provider must be mixed, ${providers.join(", ")}, not ${values.provider}`);
  const apiKey = values["api-key"] ?? environment.API_KEY;
  if (!apiKey)
    throw new WrongOption(
      "--api-key is missing: the server printed it when it first started, and its settings page shows it",
    );
  if (values.once && values.load) throw new WrongOption("--once and --load exclude each other");
  return {
    hosts: whole("hosts", values.hosts, 27, 1, 50_000),
    seed: whole("seed", values.seed, 1, 0, 2 ** 31),
    provider,
    url: urlOf(values.url ?? environment.URL ?? "http://localhost:8787"),
    apiKey,
    duration: values.duration === undefined ? null : number("duration", values.duration, 0, 0.1, 1_000_000),
    incidents: values.incidents ?? false,
    incident: incidentOf(values.incident),
    mode: values.once ? "once" : values.load ? "load" : "play",
    rate: number("rate", values.rate, 50, 0.1, 100_000),
    changed: number("changed", values.changed, 0.1, 0, 1),
  };
}
