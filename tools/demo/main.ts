/** `npm run demo`: the server, filled with a simulated landscape in which things happen. */

import { serve } from "../server/main.ts";
import { realClock, startAgents, startedAfter } from "../simulate/agents.ts";
import { tellIncidents } from "../simulate/incidents.ts";
import { generateLandscape, summaryOf } from "../simulate/landscape.ts";
import { Progress } from "../simulate/progress.ts";
import { Tally } from "../simulate/tally.ts";
import { PATIENT, transportTo } from "../simulate/transport.ts";
import { connectAgent } from "../socket/web-socket.ts";
import { selectChecks } from "./select-checks.ts";

const SEED = 7;
/** As many as it takes to have something of every kind. */
const HOSTS = Number(process.env.DEMO_HOSTS ?? 45);

process.env.DATA_DIR ??= ".data/demo";
// The demo listens on this machine alone, and says its password at every start.
process.env.ADMIN_PASSWORD ??= "trento-edge";
// What breaks and is repaired within half a minute is to be seen in between.
process.env.CHECKS_INTERVAL ??= "15";
process.env.CHECKS_TIMEOUT ??= "10";

try {
  const landscape = generateLandscape({ hosts: HOSTS, seed: SEED });
  const server = await serve();
  console.log(
    `\nSign in as ${server.adminUser} with ${process.env.ADMIN_PASSWORD}. From now on report ${summaryOf(landscape)}.\n`,
  );
  const tally = new Tally();
  const progress = new Progress(tally);
  const { url, apiKey } = server;
  const agents = startAgents(landscape, transportTo(url, apiKey, tally, PATIENT), realClock, (id) =>
    connectAgent(url, apiKey, id),
  );
  realClock.after(startedAfter(landscape.hosts.length), () => {
    const people = { url, username: server.adminUser, password: process.env.ADMIN_PASSWORD ?? "" };
    selectChecks(landscape, people).catch((error) => progress.tell(`checks could not be selected: ${error}`));
  });
  tellIncidents(agents, SEED, realClock, (line) => progress.tell(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
