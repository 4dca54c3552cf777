/** The payload of `ha_cluster_discovery`, with its keys in snake case. Null lists, which Go writes for empty ones, are empty. */
import type { z } from "zod";
import { clusterStateSchema, sbdDeviceSchema } from "../../cluster/details.ts";
import { providerSchema } from "../../host/provider.ts";
import {
  flag,
  flagOr,
  objectOf,
  oneOf,
  optionalCount,
  optionalListOf,
  optionalText,
  text,
  textOrEmpty,
  withDefault,
} from "../cast.ts";

/** Names of attributes are short; their values may be whole lists. */
const LONG = 20_000;
const pair = objectOf({ name: text(), value: textOrEmpty(LONG) });

const primitiveSchema = objectOf({
  id: text(),
  type: textOrEmpty(),
  class: textOrEmpty(),
  provider: textOrEmpty(),
  instance_attributes: optionalListOf(pair),
});
export type Primitive = z.infer<typeof primitiveSchema>;

const wrapped = objectOf({ id: text(), primitive: withDefault(null, primitiveSchema.nullable()) });

const cibSchema = objectOf({
  configuration: objectOf({
    crm_config: withDefault({}, objectOf({ cluster_properties: optionalListOf(pair) })),
    resources: objectOf({
      primitives: optionalListOf(primitiveSchema),
      clones: optionalListOf(wrapped),
      masters: optionalListOf(wrapped),
      groups: optionalListOf(objectOf({ id: text(), primitives: optionalListOf(primitiveSchema) })),
    }),
    constraints: withDefault(
      {},
      objectOf({
        rsc_locations: optionalListOf(
          objectOf({ node: optionalText(), resource: optionalText(), score: optionalText() }),
        ),
      }),
    ),
  }),
});

const resourceSchema = objectOf({
  id: text(),
  agent: textOrEmpty(),
  role: textOrEmpty(),
  active: flagOr(false),
  orphaned: flagOr(false),
  blocked: flagOr(false),
  managed: flagOr(true),
  failed: flagOr(false),
  failure_ignored: flagOr(false),
  nodes_running_on: optionalCount(),
  node: withDefault(null, objectOf({ name: text() }).nullable()),
});
export type CrmResource = z.infer<typeof resourceSchema>;

const crmNodeSchema = objectOf({
  name: text(),
  online: flagOr(false),
  unclean: flagOr(false),
  standby: flagOr(false),
  standby_on_fail: flagOr(false),
  maintenance: flagOr(false),
  pending: flagOr(false),
  shutdown: flagOr(false),
});
export type CrmNode = z.infer<typeof crmNodeSchema>;

const crmmonSchema = objectOf({
  version: optionalText(),
  summary: objectOf({
    nodes: withDefault({}, objectOf({ number: optionalCount() })),
    resources: withDefault({}, objectOf({ number: optionalCount() })),
    last_change: withDefault({}, objectOf({ time: optionalText() })),
  }),
  nodes: optionalListOf(crmNodeSchema),
  resources: optionalListOf(resourceSchema),
  groups: optionalListOf(
    objectOf({ id: text(), managed: flagOr(true), resources: optionalListOf(resourceSchema) }),
  ),
  clones: optionalListOf(
    objectOf({
      id: text(),
      managed: flagOr(true),
      multi_state: flagOr(false),
      resources: optionalListOf(resourceSchema),
    }),
  ),
  node_history: withDefault(
    {},
    objectOf({
      nodes: optionalListOf(
        objectOf({
          name: text(),
          resource_history: optionalListOf(objectOf({ name: text(), fail_count: optionalCount() })),
        }),
      ),
    }),
  ),
  node_attributes: withDefault(
    {},
    objectOf({ nodes: optionalListOf(objectOf({ name: text(), attributes: optionalListOf(pair) })) }),
  ),
});

const sbdSchema = objectOf({
  devices: optionalListOf(
    objectOf({ device: text(), status: oneOf(sbdDeviceSchema.shape.status.options, "unhealthy") }),
  ),
  config: withDefault({}, objectOf({ sbd_device: optionalText(), sbd_watchdog_dev: optionalText() })),
});

/** Told by all agents; absent in the payloads of old ones, which report only while the cluster runs. */
export const presenceSchema = objectOf({
  id: text(),
  name: optionalText(),
  online: flagOr(true),
});

export const onlineSchema = presenceSchema.extend({
  dc: flag(),
  provider: oneOf(providerSchema.options, "unknown"),
  state: optionalText().transform(
    (state) => clusterStateSchema.options.find((known) => known === state) ?? "unknown",
  ),
  cib: cibSchema,
  crmmon: crmmonSchema,
  sbd: withDefault({}, sbdSchema),
});
export type OnlineCluster = z.infer<typeof onlineSchema>;
