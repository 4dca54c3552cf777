/** `npm run simulate`: plays agents against a server. */
import { connectAgent } from "../socket/web-socket.ts";
import { postOnce, realClock, startAgents, startedAfter } from "./agents.ts";
import { IncidentScript } from "./incidents.ts";
import { generateLandscape, summaryOf } from "./landscape.ts";
import { generateLoad } from "./load.ts";
import { help, type Options, readOptions, WrongOption } from "./options.ts";
import { Progress } from "./progress.ts";
import { Tally } from "./tally.ts";
import { PATIENT, transportTo } from "./transport.ts";

function optionsOrExit(): Options {
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (options !== null) return options;
    console.log(help);
    return process.exit(0);
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error;
    console.error(`${error.message}\n\n${help}`);
    return process.exit(2);
  }
}

const options = optionsOrExit();
const landscape = generateLandscape(options);
const tally = new Tally();
// What a server does under load is measured; otherwise nothing is to be missing because it was busy for a moment.
const send = transportTo(options.url, options.apiKey, tally, options.mode === "load" ? 0 : PATIENT);
const progress = new Progress(tally);
const stopped = new AbortController();
process.on("SIGINT", () => stopped.abort());
process.on("SIGTERM", () => stopped.abort());

progress.tell(`${summaryOf(landscape)}, seed ${options.seed}, against ${options.url}`);
if (options.mode === "once") {
  const all = await postOnce(landscape, send);
  progress.end();
  process.exit(all ? 0 : 1);
}
if (options.mode === "load") {
  const { rate, changed, duration } = options;
  await generateLoad({ landscape, rate, changed, seconds: duration ?? 30, signal: stopped.signal }, send);
  progress.end();
  process.exit(0);
}
const agents = startAgents(landscape, send, realClock, (id) => connectAgent(options.url, options.apiKey, id));
const script = new IncidentScript(agents, options.seed, realClock, (line) => progress.tell(line));
if (options.incidents) script.start();
if (options.incident !== null) {
  const { incident } = options;
  // Not before all agents have told what was before.
  realClock.after(startedAfter(landscape.hosts.length), () => {
    if (!script.play(incident))
      progress.tell(`${incident.name}: there is nothing here that this could happen to`);
  });
}
if (options.duration !== null) setTimeout(() => stopped.abort(), options.duration * 1000);
stopped.signal.addEventListener("abort", () => {
  script.stop();
  for (const agent of agents) agent.stop();
  progress.end();
  process.exit(0);
});
