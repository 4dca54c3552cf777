/** The tables are what a projector makes of the streams that has never seen them, and what the same story makes without faults. */
import { project } from "../../../workers/projector/index.ts";
import { SimulatedD1 } from "../d1.ts";
import { enter } from "../globals.ts";
import { resetModules, type System } from "../system.ts";
import { World } from "../world.ts";
import { firstDifference } from "./difference.ts";
import { tellStory } from "./story.ts";
import { LandscapeSystem } from "./system.ts";

const resources = [
  "hosts",
  "sles_subscriptions",
  "clusters",
  "cluster_hosts",
  "databases",
  "database_instances",
  "sap_systems",
  "application_instances",
];
const projected = [...resources, "executions", "activity_logs", "agents"];

type Row = Record<string, unknown>;

interface EventRow {
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly data: string;
  readonly metadata: string;
  readonly occurred_at: string;
}

const nobody = { getByName: () => ({ isHeard: async () => false }) };

/** Projects all streams into an empty database. */
async function projectAfresh(system: System): Promise<SimulatedD1> {
  const fresh = new World(1);
  fresh.slowest = 0;
  const d1 = new SimulatedD1(fresh);
  const env = { DB: d1, MONITORING_ROOM: nobody, PHOENIX_SOCKET: nobody };
  for (const object of system.streams()) {
    const events = object.storage
      .read<EventRow>("SELECT * FROM events ORDER BY version")
      .map(({ schema_version, data, metadata, occurred_at, ...event }) => ({
        ...event,
        schemaVersion: schema_version,
        data: JSON.parse(data),
        metadata: JSON.parse(metadata),
        occurredAt: occurred_at,
      }));
    const message = {
      id: "1",
      timestamp: new Date(),
      attempts: 1,
      body: { stream: { type: object.kind, id: object.id }, from: 1, to: events.length, events },
      ack() {},
      retry() {
        system.world.problem(`projecting ${object.name} afresh failed`);
      },
    };
    let isOver = false;
    void project([message], env as unknown as Parameters<typeof project>[1]).finally(() => {
      isOver = true;
    });
    while (!isOver) if (!(await fresh.step())) await new Promise((resolve) => setImmediate(resolve));
  }
  return d1;
}

export async function checkTables(system: System): Promise<void> {
  const d1 = await projectAfresh(system);
  for (const table of projected) {
    // Written beside the events, or names as they were when an entry of the log was written: no projection of one stream.
    const besides = table === "activity_logs" ? "metadata" : "cib_last_written";
    const rows = (of: SimulatedD1) =>
      of
        .rows<Row>(`SELECT * FROM ${table}`)
        .map(({ [besides]: _, ...row }) => JSON.stringify(row))
        .sort();
    const [made, remade] = [rows(system.d1), rows(d1)];
    const wrong = made.findIndex((row, index) => row !== remade[index]);
    if (made.length !== remade.length || wrong >= 0)
      system.world.problem(
        `table ${table}: ${made.length} rows, ${remade.length} afresh: ${made[wrong]} <> ${remade[wrong]}`,
      );
  }
  d1.database.close();
}

/**
 * What a landscape ends in does not depend on what went wrong on the way.
 * @param kinds of what happened: where it was more than discoveries, it depends on when
 */
export async function compareWithoutFaults(
  system: LandscapeSystem,
  kinds: ReadonlySet<string>,
): Promise<void> {
  if (kinds.size > 0) return;
  system.world.count("compared with a run without faults");
  const ideal = new LandscapeSystem(system.seed, null);
  enter(ideal.world);
  resetModules();
  await tellStory(ideal);
  enter(system.world);
  for (const table of resources) {
    const rows = (of: System) =>
      of.d1
        .rows<Row>(`SELECT * FROM ${table}`)
        .map((row) =>
          JSON.stringify(
            Object.fromEntries(Object.entries(row).filter(([key]) => !/_at$|version|cib_last/.test(key))),
          ),
        )
        .sort();
    const [real, wanted] = [rows(system), rows(ideal)];
    const wrong = real.findIndex((row, index) => row !== wanted[index]);
    if (wrong < 0 && real.length === wanted.length) continue;
    const [one, other] = [real[wrong] ?? "null", wanted[wrong] ?? "null"];
    system.world.problem(
      `table ${table} is not as without faults: ${real.length} rows, ${wanted.length}; ${firstDifference(JSON.parse(one), JSON.parse(other))} (${one.slice(0, 100)})`,
    );
    break;
  }
  ideal.close();
}
