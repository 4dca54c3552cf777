/** Compaction of a database's stream: section 8 of the domain. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  database_id,
  databaseStale,
  deregister,
  everyCommand,
  gone,
  headless,
  healthChanged,
  host_b,
  instanceDeregistered,
  instanceInSync,
  instanceStale,
  markedAbsent,
  register,
  replicated,
  rollUp,
  rollUpRequested,
  secondary,
  single,
  statusChanged,
} from "./examples.spec.ts";
import { type DatabaseEvent, database } from "./index.ts";

describe("section 8: a database that is rolling up", () => {
  it.each(everyCommand)("refuses $type", (command) => {
    given(database, [...single, rollUpRequested])
      .when(command)
      .thenRefused("database_rolling_up");
  });

  it.each(everyCommand)("refuses $type when it is deregistered as well", (command) => {
    given(database, [...gone, rollUpRequested])
      .when(command)
      .thenRefused("database_rolling_up");
  });
});

describe("section 8: the roll-up", () => {
  const eventful = given(database, [
    ...replicated,
    statusChanged("red", host_b),
    healthChanged("critical"),
    markedAbsent(host_b),
    instanceStale(host_b),
    databaseStale,
  ]);
  const rolledUp: DatabaseEvent = {
    type: "DatabaseRolledUp",
    data: { database_id, snapshot: eventful.state },
  };

  it("is requested with a snapshot of all that is known", () => {
    const { state } = eventful
      .when(rollUp)
      .then([{ type: "DatabaseRollUpRequested", data: { database_id, snapshot: eventful.state } }]);
    expect(state).toStrictEqual({ ...eventful.state, rolling_up: true });
  });

  it("takes its snapshot before the database was rolling up", () => {
    expect(eventful.state.rolling_up).toBe(false);
  });

  it("puts the snapshot in the place of everything that happened", () => {
    expect(given(database, [rolledUp]).state).toStrictEqual(eventful.state);
    expect(given(database, [...single, rollUpRequested, rolledUp]).state).toStrictEqual(eventful.state);
  });

  it("leaves a database that answers commands as before", () => {
    given(database, [rolledUp])
      .when(register({ host_id: host_b, ...secondary, status: "red" }))
      .then([
        {
          type: "DatabaseInstanceMarkedPresent",
          data: { database_id, host_id: host_b, instance_number: "00" },
        },
        instanceInSync(host_b),
        { type: "DatabaseDataMarkedInSync", data: { database_id } },
      ]);
  });

  it("keeps a deregistered database deregistered, and what is left of it", () => {
    const { state } = given(database, headless);
    given(database, [{ type: "DatabaseRolledUp", data: { database_id, snapshot: state } }])
      .when(deregister(host_b))
      .then([instanceDeregistered(host_b), { type: "DatabaseTombstoned", data: { database_id } }]);
  });
});
