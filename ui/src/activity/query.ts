/** The activity log's filters: what the address says, and what the API is asked. */
import { severitySchema } from "../../../domain/activity-log/severity.ts";
import { momentOf } from "./moment.ts";

const DATES = ["from_date", "to_date"] as const;

/** What stands in the address and is no filter, by name: it is left out, and said beside its field. */
export function leftOutOf(address: URLSearchParams): ReadonlyMap<string, string> {
  const left = new Map<string, string>();
  for (const name of DATES) {
    const text = address.get(name);
    if (text !== null && text !== "" && momentOf(text) === null) left.set(name, text);
  }
  const severities = severitiesIn(address);
  const wrong = address.getAll("severity").filter((one) => !severities.some((severity) => severity === one));
  if (wrong.length > 0) left.set("severity", wrong.join(", "));
  return left;
}

export function severitiesIn(address: URLSearchParams) {
  return severitySchema.options.filter((severity) => address.getAll("severity").includes(severity));
}

/** The address has the reader's own time, the API takes any that is said with its zone. */
export function queryOf(address: URLSearchParams, perPage: number): URLSearchParams {
  const query = new URLSearchParams(address);
  for (const name of DATES) {
    const moment = momentOf(address.get(name) ?? "");
    if (moment === null) query.delete(name);
    else query.set(name, moment.toISOString());
  }
  query.delete("severity");
  for (const severity of severitiesIn(address)) query.append("severity", severity);
  query.set(address.has("before") ? "last" : "first", String(perPage));
  return query;
}
