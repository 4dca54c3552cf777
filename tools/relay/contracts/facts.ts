/** Answers of agents, read fact by fact: one that cannot be read is an error of its own, and the others count. */
import { z } from "zod";
import { type RelayedFacts, relayedFactsSchema } from "../../../checks/relay-messages.ts";
import { unreadable } from "../../../checks/told-facts.ts";
import { factNames, factsInParts, fact as factType, toObject } from "./types.ts";
import { jsonOf } from "./values.ts";

const partsSchema = z.looseObject({ facts_gathered: z.array(z.instanceof(Uint8Array)) });
const namesSchema = z.object({ check_id: z.string(), name: z.string() });
const factSchema = namesSchema.extend({
  value: z.custom<Parameters<typeof jsonOf>[0]>((one) => typeof one === "object" && one !== null).optional(),
  error_value: z.object({ message: z.string(), type: z.string() }).optional(),
});

/** What is left where a fact cannot be read. @throws where not even its names can be */
function namesOf(bytes: Uint8Array) {
  return namesSchema.parse(factNames.toObject(factNames.decode(bytes), toObject));
}

function readFact(bytes: Uint8Array): unknown {
  try {
    const read = factSchema.parse(factType.toObject(factType.decode(bytes), toObject));
    const { check_id, name, value, error_value: error } = read;
    if (error !== undefined) return { check_id, name, error };
    return value === undefined ? { check_id, name } : { check_id, name, value: jsonOf(value) };
  } catch (error) {
    return unreadable(namesOf(bytes), error instanceof Error ? error.message : String(error));
  }
}

/** @throws where the answer itself cannot be read: whose it is, and to what */
export function readFacts(bytes: Uint8Array): RelayedFacts {
  const { facts_gathered, ...rest } = partsSchema.parse(
    factsInParts.toObject(factsInParts.decode(bytes), toObject),
  );
  return relayedFactsSchema.parse({ ...rest, facts_gathered: facts_gathered.flatMap(named) });
}

/** What names no fact answers nothing that was asked. */
function named(bytes: Uint8Array): unknown[] {
  try {
    return [readFact(bytes)];
  } catch {
    return [];
  }
}

/** Of what execution and agent a message speaks, for people; empty where that cannot be read. */
export function whose(type: string, bytes: Uint8Array): string {
  if (!type.endsWith(".FactsGathered")) return "";
  try {
    const { execution_id, agent_id } = z
      .object({ execution_id: z.string().max(64), agent_id: z.string().max(64) })
      .parse(factsInParts.toObject(factsInParts.decode(bytes), toObject));
    return ` for execution ${execution_id} of agent ${agent_id}`;
  } catch {
    return "";
  }
}
