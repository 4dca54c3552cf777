/** The tier of a secondary that does not tell it: section 6. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  alone,
  database_id,
  databaseRegistered,
  headless,
  host_a,
  host_b,
  host_c,
  instanceRegistered,
  pair,
  primary,
  register,
  replicated,
  replicationChanged,
  secondary,
  single,
  tenantsUpdated,
} from "./examples.spec.ts";
import { type DatabaseAggregate, type DatabaseEvent, database } from "./index.ts";

/** A database as it was when its stream was rolled up. */
const as = (snapshot: DatabaseAggregate): DatabaseEvent => ({
  type: "DatabaseRolledUp",
  data: { database_id, snapshot },
});

const untold = { ...secondary, system_replication_tier: null };
const onlyPrimary = [databaseRegistered(), instanceRegistered(primary), tenantsUpdated()];

/** A secondary on host b that tells no tier, but the site that it replicates from. */
function replicatingFrom(system_replication_active_primary_site: number | null) {
  return register({ host_id: host_b, ...untold, system_replication_active_primary_site });
}
function secondaryOfTier(system_replication_tier: number | null) {
  return instanceRegistered({ host_id: host_b, ...secondary, system_replication_tier });
}

describe("section 6: a secondary that tells no tier", () => {
  it("is one below the site that it replicates from", () => {
    given(database, onlyPrimary)
      .when(replicatingFrom(1))
      .then([secondaryOfTier(2)]);
  });

  it("is one below a secondary when it replicates from that", () => {
    const third = { ...untold, host_id: host_c, system_replication_site_id: 3 };
    given(database, replicated)
      .when(register({ ...third, system_replication_active_primary_site: 2 }))
      .then([instanceRegistered({ ...third, system_replication_tier: 3 })]);
  });

  it("has none while the site that it replicates from is unknown", () => {
    given(database, onlyPrimary)
      .when(replicatingFrom(7))
      .then([secondaryOfTier(null)]);
  });

  it("has none when it does not tell from where it replicates", () => {
    given(database, onlyPrimary)
      .when(replicatingFrom(null))
      .then([secondaryOfTier(null)]);
  });

  it("has none when no site is known: instances without replication are of no site", () => {
    given(database, single)
      .when(replicatingFrom(null))
      .then([secondaryOfTier(null)]);
    given(database, pair)
      .when(register({ ...untold, host_id: host_c, system_replication_active_primary_site: 1 }))
      .then([instanceRegistered({ ...untold, host_id: host_c })]);
  });

  it("has none when it replicates from its own site, though another instance of that has one", () => {
    const own = { ...untold, system_replication_site_id: 2, system_replication_source_site: null };
    given(database, replicated)
      .when(register({ ...own, host_id: host_c, system_replication_active_primary_site: 2 }))
      .then([instanceRegistered({ ...own, host_id: host_c })]);
  });

  it("has none while the site that it replicates from tells none", () => {
    const tierless = { ...primary, system_replication_tier: null };
    given(database, [databaseRegistered(), instanceRegistered(tierless), tenantsUpdated()])
      .when(replicatingFrom(1))
      .then([secondaryOfTier(null)]);
  });

  it("has none when neither tells its site, even if the primary tells its tier", () => {
    const siteless = { ...primary, system_replication_site_id: null };
    given(database, [databaseRegistered(), instanceRegistered(siteless), tenantsUpdated()])
      .when(replicatingFrom(null))
      .then([secondaryOfTier(null)]);
  });

  it("is not news when it registers again", () => {
    given(database, replicated).when(replicatingFrom(1)).thenNothing();
  });

  it("gets its tier by a later registration, when the site is known by then", () => {
    given(database, [...single, secondaryOfTier(null), replicationChanged(primary, host_a)])
      .when(replicatingFrom(1))
      .then([replicationChanged(secondary, host_b)]);
  });

  it("moves along when the tier of the site that it replicates from changes", () => {
    const lower = { ...primary, system_replication_tier: 2 };
    given(database, [...replicated, replicationChanged(lower)])
      .when(replicatingFrom(1))
      .then([replicationChanged({ ...secondary, system_replication_tier: 3 }, host_b)]);
  });

  it("loses its tier when it no longer tells from where it replicates", () => {
    given(database, replicated)
      .when(replicatingFrom(null))
      .then([replicationChanged(untold, host_b)]);
  });

  it("still registers no database, known by its site or not", () => {
    given(database).when(replicatingFrom(1)).thenRefused("database_not_registered");
    given(database, headless).when(replicatingFrom(2)).thenRefused("database_not_registered");
  });

  it("is not told again when it was itself of the site that it replicates from, and tells its tier", () => {
    given(database, [...replicated, replicationChanged(secondary)])
      .when(register({ ...secondary, system_replication_active_primary_site: 1 }))
      .thenNothing();
  });
});

describe("section 6: a secondary is not the site that it replicates from itself", () => {
  // Else it would be one below what it was by each registration: 3, 4, 5 and so on.
  it("when it names its own site: what it tells again is no news (section 0)", () => {
    const { state } = given(database, replicated).when(replicatingFrom(2));
    expect(database.decide(replicatingFrom(2), state)).toStrictEqual({ ok: true, events: [] });
  });

  // Else it would be one below what it was itself at first, and of no tier when it registers again.
  it("when it was of that site before: what it tells again is no news (section 0)", () => {
    const command = register({ ...untold, system_replication_active_primary_site: 1 });
    const { state } = given(database, onlyPrimary).when(command);
    expect(database.decide(command, state)).toStrictEqual({ ok: true, events: [] });
  });
});

describe("section 6: a tier that would follow from itself is none", () => {
  const site = (id: number | null, name: string, source: string | null) => ({
    ...untold,
    system_replication_site_id: id,
    system_replication_site: name,
    system_replication_source_site: source,
  });
  const from = (host_id: string, told: ReturnType<typeof site>, id: number) =>
    register({ host_id, ...told, system_replication_active_primary_site: id });

  it("between hosts of one site that name it as their source", () => {
    const commands = [host_b, host_c].map((id) => from(id, site(2, "Rot", "Walldorf"), 2));
    let { state } = given(database, [...onlyPrimary, secondaryOfTier(2)]);
    for (const command of [...commands, ...commands])
      state = given(database, [as(state)]).when(command).state;
    for (const command of commands)
      given(database, [as(state)])
        .when(command)
        .thenNothing();
  });

  it("between two sites that each take the other for their source, as in the middle of a take-over", () => {
    const walldorf = from(host_a, site(1, "Walldorf", "Rot"), 2);
    const rot = from(host_b, site(2, "Rot", "Walldorf"), 1);
    let { state } = given(database, replicated);
    for (const command of [walldorf, rot]) state = given(database, [as(state)]).when(command).state;
    for (const command of [walldorf, rot, walldorf])
      given(database, [as(state)])
        .when(command)
        .thenNothing();
    expect(state.instances.map((one) => one.system_replication_tier)).toEqual([null, null]);
  });
});

describe("section 6: a tier that is told", () => {
  it("is taken from a secondary, whatever its source says", () => {
    given(database, onlyPrimary)
      .when(
        register({
          host_id: host_b,
          ...secondary,
          system_replication_tier: 4,
          system_replication_active_primary_site: 1,
        }),
      )
      .then([secondaryOfTier(4)]);
  });

  it("is not looked up for a primary or for an instance without replication", () => {
    const tierless = { ...primary, system_replication_site_id: 2, system_replication_tier: null };
    given(database, onlyPrimary)
      .when(register({ host_id: host_b, ...tierless, system_replication_active_primary_site: 1 }))
      .then([instanceRegistered({ host_id: host_b, ...tierless })]);
    given(database, onlyPrimary)
      .when(register({ host_id: host_b, ...alone, system_replication_active_primary_site: 1 }))
      .then([instanceRegistered({ host_id: host_b, ...alone })]);
  });
});
