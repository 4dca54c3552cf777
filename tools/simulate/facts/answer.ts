/** What a gatherer of a simulated agent answers. */
import type { Answer } from "../../agent/facts/value.ts";
import type { SimulatedHost } from "../model/host.ts";

export type Gatherer = (host: SimulatedHost, argument: string) => Answer;
