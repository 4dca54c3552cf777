/** The projector: turns events into read models, and tells those who listen. */
import type { NudgeMessage } from "../../durable-objects/event-stream/events.ts";
import { PROJECTOR } from "../../durable-objects/event-stream/subscribers.ts";
import { readEventsOf } from "../../durable-objects/streams.ts";
import { topics } from "../../party/messages.ts";
import type { Bindings } from "../bindings.ts";
import { type Database, databaseOf, runTogether, type Statement } from "../read-models/database.ts";
import { tell } from "../rooms.ts";
import { advanceCheckpoint, readCheckpointsOf } from "../subscription/checkpoints.ts";
import { consume } from "../subscription/consume.ts";
import { observed } from "../subscription/observed.ts";
import type { Progress } from "../subscription/progress.ts";
import { projectActivityLog } from "./activity-log.ts";
import { projectAgents } from "./agents.ts";
import { projectApplicationInstances } from "./application-instances.ts";
import { projectClusterHosts } from "./cluster-hosts.ts";
import { projectClusters } from "./clusters.ts";
import { projectDatabaseInstances } from "./database-instances.ts";
import { projectDatabases } from "./databases.ts";
import { projectExecutions } from "./executions.ts";
import { projectHosts } from "./hosts.ts";
import { newsByTopic } from "./news.ts";
import { projectSapSystems } from "./sap-systems.ts";
import { projectSlesSubscriptions } from "./sles-subscriptions.ts";
import { forgetTold, rememberUntold, wakeUntold } from "./untold.ts";

/** One for each read model; each row is written by the events of one stream alone, so streams need no order among them. */
const projections: readonly ((db: Database, progress: Progress) => Statement[])[] = [
  projectHosts,
  projectSlesSubscriptions,
  projectClusters,
  projectClusterHosts,
  projectDatabases,
  projectDatabaseInstances,
  projectSapSystems,
  projectApplicationInstances,
  projectExecutions,
  projectAgents,
  projectActivityLog,
];

async function tellTopics(env: Bindings, db: Database, progress: readonly Progress[]): Promise<void> {
  await Promise.all(
    topics.map((topic) => {
      const { concerns, read } = newsByTopic[topic];
      const own = progress.filter(({ stream }) => concerns.some((type) => type === stream.type));
      return own.length === 0 ? undefined : tell(env, topic, () => read(db, own, readEventsOf(env)));
    }),
  );
}

export async function project(messages: readonly Message<NudgeMessage>[], env: Bindings): Promise<void> {
  const db = databaseOf(env);
  const ports = observed(PROJECTOR, {
    readCheckpoints: (streams) => readCheckpointsOf(db, PROJECTOR, streams),
    readEvents: readEventsOf(env),
    apply: async (progress: readonly Progress[]) => {
      // What brings nothing new would write nothing: that saves its statements.
      const fresh = progress.filter(({ previous, reached }) => reached > previous);
      const statements = [
        ...fresh.flatMap((one) => [
          ...projections.flatMap((projection) => projection(db, one)),
          advanceCheckpoint(db, PROJECTOR, one),
        ]),
        ...rememberUntold(db, progress),
      ];
      await runTogether(db, statements);
      try {
        await tellTopics(env, db, progress);
      } catch (error) {
        await wakeUntold(env, progress);
        throw error;
      }
      await runTogether(db, forgetTold(db, progress));
    },
  });
  await consume(messages, ports);
}
