/** The host aggregate. */
import type { Decider } from "../decider.ts";
import type { HostCommand, HostRefusal } from "./commands.ts";
import { decideHost } from "./decide.ts";
import type { HostEvent } from "./events.ts";
import { evolveHost } from "./evolve.ts";
import { type HostState, initialHostState } from "./state.ts";

export const host: Decider<HostState, HostCommand, HostEvent, HostRefusal> = {
  initialState: () => initialHostState,
  decide: decideHost,
  evolve: evolveHost,
};

export type { HostCommand, HostEvent, HostRefusal, HostState };
