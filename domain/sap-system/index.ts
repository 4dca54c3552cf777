/** The SAP system aggregate: the application layer. */
import type { Decider } from "../decider.ts";
import type { SapSystemCommand, SapSystemRefusal } from "./commands.ts";
import { decideSapSystem } from "./decide.ts";
import type { SapSystemEvent } from "./events.ts";
import { evolveSapSystem } from "./evolve.ts";
import { initialSapSystem, type SapSystemAggregate } from "./state.ts";

export const sapSystem: Decider<SapSystemAggregate, SapSystemCommand, SapSystemEvent, SapSystemRefusal> = {
  initialState: () => initialSapSystem,
  decide: decideSapSystem,
  evolve: evolveSapSystem,
};

export type { SapSystemAggregate, SapSystemCommand, SapSystemEvent, SapSystemRefusal };
