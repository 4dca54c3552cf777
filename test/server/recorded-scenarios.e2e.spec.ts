/** Recorded discoveries of smaller landscapes, posted once, sorted and in random order: their end states. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomFrom } from "../../tools/simulate/random.ts";
import { LandscapeServer } from "./landscape-server.ts";
import { shuffled } from "./orders.ts";
import { areThere, scenario } from "./recordings.ts";

/** A failure names the seed, and is repeated by it alone. */
const SEED = Number(process.env.ORDER_SEED ?? 7);
const SAME = { timeout: 30_000 };

const replicated = { system_replication: "Primary", system_replication_tier: 1, status: "green" };
const replica = { system_replication: "Secondary", system_replication_tier: 2, status: "green" };

const states = [
  {
    name: "single-hana-single-app",
    hosts: 2,
    provider: "aws",
    clusters: [],
    databases: [
      {
        id: "458faae1-d7ca-59a7-b0fd-bd9b023bfce9",
        sid: "PRD",
        health: "passing",
        database_instances: [{ system_replication: null, status: "green" }],
      },
    ],
    systems: [
      {
        id: "6b8afca9-eaa8-5d16-bfeb-323d724659c6",
        sid: "HA1",
        health: "passing",
        database_sid: "PRD",
        application_instances: [{ features: "MESSAGESERVER|ENQUE" }, { features: "ABAP|GATEWAY|ICMAN|IGS" }],
      },
    ],
  },
  {
    name: "hana-scale-up-angi",
    hosts: 2,
    provider: "azure",
    clusters: [
      {
        id: "69851bfe-5364-5ea8-93e1-cbe14268ccaf",
        name: "hana_angi",
        type: "hana_scale_up",
        sid: "HN9",
        health: "passing",
        hosts_number: 2,
        details: { architecture_type: "angi", secondary_sync_state: "SOK", sr_health_state: "4" },
      },
    ],
    databases: [
      {
        id: "3daab481-1f21-5e32-84bc-0014bda8efdf",
        sid: "HN9",
        health: "passing",
        database_instances: expect.toSatisfy((instances: unknown[]) => instances.length === 2),
      },
    ],
    systems: [],
  },
  {
    name: "hana-scale-out",
    hosts: 6,
    provider: "azure",
    clusters: [
      {
        id: "8d8084e9-5a3e-5402-a94f-f1fdde5f15a0",
        name: "hana_scale_out_cluster",
        type: "hana_scale_out",
        sid: "H4P",
        health: "passing",
        hosts_number: 5,
        details: { architecture_type: "classic", secondary_sync_state: "SOK", sr_health_state: "4" },
      },
    ],
    databases: [
      {
        id: "788e82b2-04d8-59ad-9da3-c46f2efe0646",
        sid: "H4P",
        health: "passing",
        database_instances: [replicated, replicated, replica, replica],
      },
    ],
    systems: [],
  },
].filter(() => areThere);

const cases = states.flatMap((state) => {
  const sorted = scenario(state.name);
  return [
    { ...state, order: "sorted", bodies: sorted },
    { ...state, order: `random ${SEED}`, bodies: shuffled(sorted, randomFrom(SEED)) },
  ];
});

describe.skipIf(!areThere).each(cases)("$name, posted once, $order", (state) => {
  const server = new LandscapeServer();
  beforeAll(async () => {
    await server.start();
    await server.post(state.bodies);
  });
  afterAll(() => server.end());

  it("ends as it must", async () => {
    await expect.poll(() => server.clusters(), SAME).toMatchObject(state.clusters);
    await expect.poll(() => server.databases(), SAME).toMatchObject(state.databases);
    await expect.poll(() => server.sapSystems(), SAME).toMatchObject(state.systems);
    const hosts = await server.hosts();
    expect(hosts).toHaveLength(state.hosts);
    expect(new Set(hosts.map(({ provider }) => provider))).toContain(state.provider);
  });
});
