/** What those who listen are told after events were projected. */
import type { Change, ResourceOf, Topic } from "../../party/messages.ts";
import type { ChannelMessage } from "../../party/phoenix-messages.ts";
import { newEntries } from "../activity-log.ts";
import { memberOf, sayOfCluster, sayOfMember } from "../channels/cluster-messages.ts";
import { sayOfDatabase } from "../channels/database-messages.ts";
import { sayOfExecution } from "../channels/execution-messages.ts";
import { sayOfHost } from "../channels/host-messages.ts";
import type { Said, Subject } from "../channels/message.ts";
import { sayOfSapSystem } from "../channels/sap-system-messages.ts";
import { readAgents } from "../read-models/agent-views.ts";
import { readClusters } from "../read-models/cluster-views.ts";
import type { Database } from "../read-models/database.ts";
import { readDatabases } from "../read-models/database-views.ts";
import { readExecutions } from "../read-models/execution-views.ts";
import { readHosts } from "../read-models/host-views.ts";
import { readSapSystems, systemsOn } from "../read-models/sap-system-views.ts";
import type { Viewed } from "../read-models/viewed.ts";
import type { News } from "../rooms.ts";
import type { SubscriptionPorts } from "../subscription/consume.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StreamType } from "../subscription/typed-events.ts";
import { loggedStreams } from "./activity-log.ts";

type Read<View> = (db: Database, ids: readonly string[]) => Promise<Map<string, Viewed<View>>>;

type ReadEvents = SubscriptionPorts["readEvents"];

/** Events of a cluster that are looked through for members when its nudge is repeated. */
const TOLD_AGAIN = 500;

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/**
 * The changes of one type of resource, each with the whole resource as it is now. A stream without events is one whose nudge
 * was repeated: it is told again, in case that the first time ended between the tables and the room, which knows what it has
 * told.
 */
async function newsOf<Type extends StreamType, T extends Topic>(
  type: Type,
  topic: T,
  read: Read<ResourceOf<T>>,
  say: (event: ReturnType<typeof eventsOf<Type>>[number], subject: Subject<ResourceOf<T>>) => Said | null,
  db: Database,
  progress: readonly Progress[],
): Promise<News> {
  const own = progress.filter(({ stream }) => stream.type === type);
  const current = await read(
    db,
    own.map(({ stream }) => stream.id),
  );
  const changes: Change[] = [];
  const messages: ChannelMessage[] = [];
  for (const one of own) {
    const found = current.get(one.stream.id);
    if (found === undefined) continue;
    const said = eventsOf(type, one).flatMap((event) => say(event, found) ?? []);
    const events = distinct(said.map(({ event }) => event));
    changes.push({ id: one.stream.id, version: found.version, events, resource: found.view });
    messages.push(...said.map((each) => ({ topic: `monitoring:${topic}`, ...each })));
  }
  return { changes, messages };
}

/** Events of a cluster that concern a host: it joined, left, or was stopped in it. */
function membershipsIn(progress: Pick<Progress, "stream" | "events">) {
  return eventsOf("cluster", progress).flatMap((event) => {
    const hostId = memberOf(event);
    return hostId === null ? [] : [{ hostId, event }];
  });
}

/** Hosts that the last events of a cluster concern whose nudge was repeated: nobody knows which of them were told. */
async function membersToTellAgain({ stream, reached }: Progress, readEvents: ReadEvents): Promise<string[]> {
  const first = Math.max(1, reached - TOLD_AGAIN + 1);
  const events = await readEvents(stream, first, reached);
  return membershipsIn({ stream, events }).map(({ hostId }) => hostId);
}

/** Hosts that joined or left a cluster, or were stopped in it. */
async function newsOfMembers(
  db: Database,
  progress: readonly Progress[],
  readEvents: ReadEvents,
): Promise<News> {
  const ofMembers = progress.flatMap(membershipsIn);
  const repeated = progress.filter(
    ({ stream, previous, reached }) => stream.type === "cluster" && reached <= previous,
  );
  const again = await Promise.all(repeated.map((one) => membersToTellAgain(one, readEvents)));
  const concerned = distinct([...ofMembers.map(({ hostId }) => hostId), ...again.flat()]);
  if (concerned.length === 0) return { changes: [], messages: [] };
  const hosts = await readHosts(db, concerned);
  const said = ofMembers.flatMap(
    ({ hostId, event }) => sayOfMember(event, hosts.get(hostId)?.view ?? null) ?? [],
  );
  return {
    changes: changesOf(hosts, "host_details_updated"),
    messages: said.map((each) => ({ topic: "monitoring:hosts", ...each })),
  };
}

/**
 * Systems that show the instances of a database that changed. Trento's clients put the two together themselves. After a
 * repeated nudge they are told again, as the database is.
 */
async function newsOfDependants(db: Database, progress: readonly Progress[]): Promise<News> {
  const changed = progress.filter(({ stream }) => stream.type === "database").map(({ stream }) => stream.id);
  if (changed.length === 0) return { changes: [], messages: [] };
  const ids = await systemsOn(db, changed);
  if (ids.length === 0) return { changes: [], messages: [] };
  return { changes: changesOf(await readSapSystems(db, ids), "sap_system_updated"), messages: [] };
}

/** Resources that show what changed elsewhere: their own versions stay. */
function changesOf(found: ReadonlyMap<string, Viewed<ResourceOf<Topic>>>, event: string): Change[] {
  return [...found].map(([id, { version, view }]) => ({ id, version, events: [event], resource: view }));
}

function together(one: News, other: News): News {
  return {
    changes: [...one.changes, ...other.changes],
    messages: [...one.messages, ...other.messages],
  };
}

/** Trento's clients know nothing of it. */
const sayNothing = () => null;

/** By topic: which streams it concerns, and what there is to tell. */
export const newsByTopic: Readonly<
  Record<
    Topic,
    {
      readonly concerns: readonly StreamType[];
      read(db: Database, progress: readonly Progress[], readEvents: ReadEvents): Promise<News>;
    }
  >
> = {
  hosts: {
    concerns: ["host", "cluster"],
    read: async (db, progress, readEvents) =>
      together(
        await newsOf("host", "hosts", readHosts, sayOfHost, db, progress),
        await newsOfMembers(db, progress, readEvents),
      ),
  },
  clusters: {
    concerns: ["cluster"],
    read: (db, progress) => newsOf("cluster", "clusters", readClusters, sayOfCluster, db, progress),
  },
  sap_systems: {
    concerns: ["sap_system", "database"],
    read: async (db, progress) =>
      together(
        await newsOf("sap_system", "sap_systems", readSapSystems, sayOfSapSystem, db, progress),
        await newsOfDependants(db, progress),
      ),
  },
  databases: {
    concerns: ["database"],
    read: (db, progress) => newsOf("database", "databases", readDatabases, sayOfDatabase, db, progress),
  },
  agents: {
    concerns: ["agent"],
    read: (db, progress) => newsOf("agent", "agents", readAgents, sayNothing, db, progress),
  },
  executions: {
    concerns: ["execution"],
    read: (db, progress) => newsOf("execution", "executions", readExecutions, sayOfExecution, db, progress),
  },
  activity_log: { concerns: loggedStreams, read: async () => newEntries },
};
