/** What `saptune` says of a host, as the gatherer turns it: with keys in snake case. */

import { failed, type Value } from "../../agent/facts/value.ts";
import { saptuneDiscovery } from "../discoveries/saptune.ts";
import type { Gatherer } from "./answer.ts";

function inSnakeCase(value: Value): Value {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key.toLowerCase().replaceAll(" ", "_"), inSnakeCase(child)]),
  );
}

export const saptune: Gatherer = (host, argument) => {
  const { saptune_installed, status } = saptuneDiscovery(host);
  if (!saptune_installed) return failed("saptune-not-installed", "saptune is not installed");
  if (status === null)
    return failed("saptune-version-not-supported", "currently installed version of saptune is not supported");
  if (argument !== "status")
    return failed("saptune-unsupported-argument", `the requested argument is not supported: ${argument}`);
  return { value: inSnakeCase(status) };
};
