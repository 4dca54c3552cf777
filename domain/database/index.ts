/** The database aggregate. */
import type { Decider } from "../decider.ts";
import type { DatabaseCommand, DatabaseRefusal } from "./commands.ts";
import { decideDatabase } from "./decide.ts";
import type { DatabaseEvent } from "./events.ts";
import { evolveDatabase } from "./evolve.ts";
import { type DatabaseAggregate, initialDatabase } from "./state.ts";

export const database: Decider<DatabaseAggregate, DatabaseCommand, DatabaseEvent, DatabaseRefusal> = {
  initialState: () => initialDatabase,
  decide: decideDatabase,
  evolve: evolveDatabase,
};

export type { DatabaseAggregate, DatabaseCommand, DatabaseEvent, DatabaseRefusal };
