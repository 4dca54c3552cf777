/** Generated histories that the specifications of the cluster share; there is no test in here. */
import fc from "fast-check";
import { providerSchema } from "../host/provider.ts";
import type { ClusterDescription } from "./commands.ts";
import { type ClusterDetails, clusterStateSchema, clusterTypeSchema } from "./details.ts";
import {
  ascsErsDetails,
  complete,
  deregister,
  hana,
  hanaDetails,
  healths,
  healthyDevice,
  host_a,
  host_b,
  host_c,
  later,
  markStale,
  member,
  offline,
  online,
  rollUp,
  select,
  stale_at,
  unhealthyDevice,
} from "./examples.spec.ts";
import type { ClusterCommand } from "./index.ts";

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
/** Plain objects, as JSON and the policies make them. */
const recordOf = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });

export const hosts = [host_a, host_b, host_c];
export const host = oneOf(hosts);
const sbd_devices = fc.subarray([healthyDevice, unhealthyDevice]);
const details: fc.Arbitrary<ClusterDetails | null> = fc.oneof(
  fc.constant(null),
  fc
    .tuple(oneOf(["4", "1"]), oneOf(["SOK", "SFAIL"]), sbd_devices)
    .map(([sr_health_state, secondary_sync_state, devices]) => ({
      ...hanaDetails,
      sr_health_state,
      secondary_sync_state,
      sbd_devices: devices,
    })),
  fc.tuple(fc.array(fc.boolean(), { maxLength: 2 }), sbd_devices).map(([flags, devices]) => ({
    ...ascsErsDetails,
    sap_systems: ascsErsDetails.sap_systems.flatMap((system) =>
      flags.map((isDistributed) => ({ ...system, distributed: isDistributed })),
    ),
    sbd_devices: devices,
  })),
);
const description: fc.Arbitrary<ClusterDescription> = recordOf({
  name: oneOf(["hana_cluster", null]),
  type: oneOf(clusterTypeSchema.options),
  sap_instances: fc.subarray([...hana.sap_instances]),
  provider: oneOf(providerSchema.options),
  resources_number: oneOf([8, null]),
  hosts_number: oneOf([2, null]),
  state: fc.oneof(oneOf(["S_IDLE", "stopped"] as const), oneOf(clusterStateSchema.options)),
  details,
});
/** Few values each, so that commands meet states to which they are no news. */
const told = fc.oneof(oneOf(fc.sample(description, { numRuns: 3, seed: 1 })), description);

export const reportOnline = fc.oneof(
  fc.tuple(told, host).map(([data, id]) => online(data, id)),
  fc.tuple(host, told).map(([id, data]) => member(id, data)),
);
export const registration: fc.Arbitrary<ClusterCommand> = fc.oneof(
  { weight: 2, arbitrary: reportOnline },
  { weight: 1, arbitrary: host.map((id) => offline(id)) },
);
const request: fc.Arbitrary<ClusterCommand> = fc.oneof(
  { weight: 4, arbitrary: host.map(deregister) },
  { weight: 4, arbitrary: fc.tuple(host, oneOf([stale_at, later])).map(([id, at]) => markStale(id, at)) },
  { weight: 3, arbitrary: oneOf(healths).map(complete) },
  { weight: 1, arbitrary: fc.subarray(["A", "B"]).map((checks) => select(...checks)) },
);
/** What is asked of a cluster, and that it be rolled up, which ends it here. */
export const anything = fc.oneof(
  { weight: 10, arbitrary: registration },
  { weight: 10, arbitrary: request },
  { weight: 1, arbitrary: fc.constant(rollUp) },
);
export const history = fc.array(anything, { maxLength: 25, size: "max" });
