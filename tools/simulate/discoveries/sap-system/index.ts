/** `sap_system_discovery`: the instances of a host, by the system or database that they are part of. */
import type { SimulatedHost } from "../../model/host.ts";
import { applicationInstancesOn, databaseInstancesOn } from "../../model/installation.ts";
import { applicationSystem } from "./application.ts";
import { databaseSystem } from "./database.ts";

export function sapSystemDiscovery(host: SimulatedHost): unknown {
  const ofDatabases = databaseInstancesOn(host);
  const ofSystems = applicationInstancesOn(host);
  const databases = [...new Set(ofDatabases.map(({ database }) => database))];
  const systems = [...new Set(ofSystems.map(({ system }) => system))];
  return [
    ...databases.map((one) =>
      databaseSystem(
        one,
        ofDatabases.filter(({ database }) => database === one),
      ),
    ),
    ...systems.map((one) =>
      applicationSystem(
        one,
        ofSystems.filter(({ system }) => system === one),
      ),
    ),
  ];
}
