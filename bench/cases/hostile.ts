/** Whether anybody else is answered while people, checks, catalogues or facts do their worst. */
import { setTimeout as pause } from "node:timers/promises";
import {
  brackets,
  CLOSURES,
  COMPARE,
  CONTAINS,
  ENDLESS,
  equalKeys,
  type File,
  files,
  idsOf,
  many,
} from "./hostile/catalogues.ts";
import { type Borne, counted, type Door, Loads } from "./hostile/door.ts";

export type { Borne, Door } from "./hostile/door.ts";

/** Milliseconds: of a hundred heartbeats, ninety-nine are answered within this. */
export const GOAL = 1_000;
/** Entries of the log that is searched. */
const ENTRIES = 111_000;

export interface Ports {
  readonly door: Door;
  /** Fills the activity log. */
  log(entries: number): Promise<void>;
  tell(one: Borne): void;
}

const repeated = <T>(count: number, one: () => Promise<T>) => Promise.all(Array.from({ length: count }, one));

async function people(loads: Loads, { log, tell }: Ports): Promise<void> {
  const signIn = { method: "POST", path: "/api/session", by: "nobody" } as const;
  tell(
    await loads.beside("200 sign-ins at once", async () => {
      const body = { username: "x", password: "y" };
      return counted(await repeated(200, () => loads.status({ ...signIn, body })));
    }),
  );
  await log(ENTRIES);
  const words = encodeURIComponent(Array.from({ length: 20 }, (_, index) => `*none${index}*`).join(" OR "));
  tell(
    await loads.beside(`10 searches of 20 words in a log of ${ENTRIES} entries`, async () => {
      const search = { method: "GET", path: `/api/v1/activity_log?search=${words}` } as const;
      return counted(await repeated(10, () => loads.status(search)));
    }),
  );
}

async function bodies(loads: Loads, { tell }: Ports): Promise<void> {
  const encoded = (values: readonly unknown[]) => new TextEncoder().encode(`[${values.join(",")}]`);
  const large = {
    "small objects": encoded(Array.from({ length: 850_000 }, () => '{"a":{}}')),
    numbers: encoded(Array.from({ length: 1_100_000 }, (_, index) => 100_000 + (index % 900_000))),
  };
  for (const [name, body] of Object.entries(large))
    tell(
      await loads.beside(
        `50 discoveries of ${(body.length / 1e6).toFixed(1)} MB of ${name} at once`,
        async () =>
          counted(
            await repeated(50, () =>
              loads.status({ method: "POST", path: "/api/v1/collect", body, by: "key" }),
            ),
          ),
      ),
    );
}

async function scripts(loads: Loads, { tell }: Ports): Promise<void> {
  const executed = async (name: string, sent: readonly File[], hosts: number, value: unknown = 1) => {
    await loads.bringIn(sent);
    tell(await loads.beside(name, () => loads.execute(idsOf(sent.length), hosts, value)));
  };
  const text = "a".repeat(480_000);
  const WALK = 'for i in 0..1000 { facts.a.contains("b"); } true';
  await executed("contains in half a megabyte, 1 host", files(1, [CONTAINS]), 1);
  await executed("the same five times, 40 hosts", files(5, [CONTAINS]), 40);
  await executed("480 KB of facts, 10 hosts", files(1, ["facts.a.len() > 0"]), 10, text);
  await executed("480 KB walked through, 10 hosts", files(1, [WALK]), 10, text);
  await executed("comparing lists of 19,000", files(1, [COMPARE]), 1);
  await executed("500 checks that never end", files(500, [ENDLESS, ENDLESS, ENDLESS, CLOSURES]), 1);
  await loads.bringIn(files(3, [CONTAINS, COMPARE, ENDLESS]));
  tell(
    await loads.beside("three executions of such checks at once, 10 hosts each", async () =>
      counted(await repeated(3, () => loads.execute(idsOf(3), 10, 1))),
    ),
  );
}

async function catalogues(loads: Loads, { tell }: Ports): Promise<void> {
  const catalog = { method: "GET", path: "/api/v3/checks/catalog?target_type=host" } as const;
  await loads.bringIn(files(500, ["true"], `when: |\n  ${ENDLESS}\n`));
  tell(await loads.beside("500 conditions that never end", async () => String(await loads.status(catalog))));
  await loads.bringIn(files(500, ["true"], `exclude: |\n  ${ENDLESS}\n`));
  tell(await loads.beside("500 exclusions that never end, 4 hosts", () => loads.execute(idsOf(500), 4, 1)));
  tell(await loads.beside("250 KB of one key brought in", () => loads.bringIn(equalKeys)));
  tell(await loads.beside("20,000 brackets brought in", () => loads.bringIn(brackets)));
  tell(await loads.beside("5,000 checks brought in", () => loads.bringIn(many(5_000))));
  tell(
    await loads.beside("5,000 checks read", async () => {
      const { status, body } = await loads.call(catalog);
      return `${status}, ${body.length} characters`;
    }),
  );
}

export async function hostile(ports: Ports): Promise<void> {
  const loads = new Loads(ports.door);
  await loads.begin();
  ports.tell(await loads.beside("nothing else", () => pause(5_000).then(() => "")));
  for (const part of [people, bodies, scripts, catalogues]) await part(loads, ports);
}
