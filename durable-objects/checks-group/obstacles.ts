/** Why no checks run on a target, in words for people. */
import type { ChecksTarget } from "./target.ts";

export const obstacles = {
  /** Trento's words. */
  nothing_selected: "No checks were selected for the target.",
  environment_unknown:
    "No checks are run here: it is not known yet that the cluster runs anything of SAP that checks are made for.",
  no_hosts:
    "Checks are selected, but no host of the target is known to run what they look at: a host runs checks as soon as the " +
    "database or SAP system that the cluster manages on it is registered.",
  none_concern:
    "None of the selected checks is made for this target: all are unknown, or for other kinds of targets.",
} as const;

export type Obstacle = keyof typeof obstacles;

/** What is seen of the target itself. Whether the selected checks concern it is seen when they are planned. */
export function obstacleOf({ selected, env, hosts }: ChecksTarget): Obstacle | null {
  if (env === null) return "environment_unknown";
  if (selected.length === 0) return "nothing_selected";
  return hosts.length === 0 ? "no_hosts" : null;
}
