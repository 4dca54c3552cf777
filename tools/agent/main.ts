/** `npm run agent`: a small agent for any Linux host. It tells of the host, and really gathers what it is asked for. */
import { parseArgs } from "node:util";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { connectAgent } from "../socket/web-socket.ts";
import { unattended } from "../unattended.ts";
import { FactSocket } from "./fact-socket.ts";
import { gather, gatherersOf } from "./gatherers/index.ts";
import { AGENT_VERSION, agentId, hostDiscovery } from "./host.ts";
import { thisMachine } from "./this-machine.ts";

const help = `npm run agent -- [--url URL] --api-key KEY [--id ID]
npm run agent -- gather NAME[@vN] [ARGUMENT]

Reports this host to a server, and answers its requests for facts; or gathers one fact, and shows it.`;

/** Milliseconds. */
const HEARTBEAT_PERIOD = 5_000;
const DISCOVERY_PERIOD = 10_000;

/** What there is to tell of a host without SAP. */
const discoveries: Readonly<Partial<Record<DiscoveryType, () => unknown>>> = {
  host_discovery: hostDiscovery,
  ha_cluster_discovery: () => null,
  sap_system_discovery: () => [],
  saptune_discovery: () => ({ saptune_installed: false, package_version: "", status: null }),
};

async function showFact(id: string, gatherer: string, argument: string): Promise<void> {
  const gatherers = gatherersOf({ agentId: id, version: AGENT_VERSION });
  const [fact] = await gather(gatherers, thisMachine, [{ check_id: "", name: "fact", gatherer, argument }]);
  if (fact === undefined) console.error(`There is no gatherer ${gatherer}`);
  else console.log(JSON.stringify("error" in fact ? { error: fact.error } : fact.value, null, 2));
  process.exitCode = fact !== undefined && "value" in fact ? 0 : 1;
}

function report(url: string, apiKey: string, id: string): void {
  const post = async (path: string, body: string | null) => {
    const headers = { "Content-Type": "application/json", "X-Trento-ApiKey": apiKey };
    const answer = await fetch(`${url}${path}`, { method: "POST", headers, body }).catch((error) => error);
    if (answer instanceof Error || !answer.ok)
      console.error(`${path}: ${answer instanceof Error ? answer.message : answer.status}`);
  };
  const discover = async (type: DiscoveryType) => {
    const make = discoveries[type];
    if (make === undefined) return;
    const payload = await make();
    await post("/api/v1/collect", JSON.stringify({ agent_id: id, discovery_type: type, payload }));
  };
  const gatherers = gatherersOf({ agentId: id, version: AGENT_VERSION });
  const socket = new FactSocket({
    connect: connectAgent(url, apiKey, id),
    after: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
    gather: (requests) => gather(gatherers, thisMachine, requests),
    discover: (type) => unattended(type, () => discover(type), console.error),
  });
  const discoverAll = async () => {
    await discover("host_discovery");
    for (const type of Object.keys(discoveries) as DiscoveryType[])
      if (type !== "host_discovery") await discover(type);
  };
  const beat = () => post(`/api/v1/hosts/${id}/heartbeat`, null);
  const discoverAndTell = () => unattended("discovery", discoverAll, console.error);
  unattended("the first discovery", () => discoverAll().then(beat), console.error);
  socket.open();
  const timers = [
    setInterval(() => unattended("heartbeat", beat, console.error), HEARTBEAT_PERIOD),
    setInterval(discoverAndTell, DISCOVERY_PERIOD),
  ];
  process.once("SIGINT", () => {
    for (const timer of timers) clearInterval(timer);
    socket.close();
  });
  console.log(`reporting this host as ${id} to ${url}`);
}

const option = { type: "string" } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: option, "api-key": option, id: option, help: { type: "boolean" } },
});
const id = values.id ?? (await agentId());
const apiKey = values["api-key"] ?? process.env.API_KEY;
const [command, gatherer, argument = ""] = positionals;
if (command === "gather" && gatherer !== undefined) await showFact(id, gatherer, argument);
else if (command !== undefined || apiKey === undefined || values.help) {
  console.error(help);
  process.exitCode = 2;
} else report((values.url ?? process.env.URL ?? "http://localhost:8787").replace(/\/$/, ""), apiKey, id);
