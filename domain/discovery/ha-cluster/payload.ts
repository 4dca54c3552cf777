/** The payload of `ha_cluster_discovery`, with its keys in snake case. Null lists, which Go writes for empty ones, are empty. */
import type { z } from "zod";
import { clusterStateSchema, sbdDeviceSchema } from "../../cluster/details.ts";
import { providerSchema } from "../../host/provider.ts";
import { flag, flagOr, oneOf, optionalCount, optionalText, text, textOrEmpty } from "../cast.ts";
import { objectsIn, optionalListOf, withDefault } from "../collections.ts";
import { snakeCase } from "../keys.ts";

const objectOf = objectsIn(snakeCase);

/**
 * Far more than clusters have, so that no cluster is refused, and so few that all lists in lists together can be gone
 * through at once: Corosync ends at 32 nodes, to which remote ones may come; what runs on them is some hundreds of resources.
 */
const NODES = 256;
const RESOURCES = 5_000;
const GROUPS = 1_000;
const CLONES = 250;
/** Of a group or clone. */
const MEMBERS = 200;
const CLONED = 4 * NODES;
/** Of a node, of a primitive, and of the cluster. */
const NODE_ATTRIBUTES = 2_000;
const INSTANCE_ATTRIBUTES = 200;
const PROPERTIES = 2_000;
const SBD_DEVICES = 100;

/** Names of attributes are short; their values may be whole lists. */
const LONG = 20_000;
const pair = objectOf({ name: text(), value: textOrEmpty(LONG) });

const primitiveSchema = objectOf({
  id: text(),
  type: textOrEmpty(),
  class: textOrEmpty(),
  provider: textOrEmpty(),
  instance_attributes: optionalListOf(pair, INSTANCE_ATTRIBUTES),
});
export type Primitive = z.infer<typeof primitiveSchema>;

const wrapped = objectOf({ id: text(), primitive: withDefault(null, primitiveSchema.nullable()) });

const cibSchema = objectOf({
  configuration: objectOf({
    crm_config: withDefault({}, objectOf({ cluster_properties: optionalListOf(pair, PROPERTIES) })),
    resources: objectOf({
      primitives: optionalListOf(primitiveSchema, RESOURCES),
      clones: optionalListOf(wrapped, CLONES),
      masters: optionalListOf(wrapped, CLONES),
      groups: optionalListOf(
        objectOf({ id: text(), primitives: optionalListOf(primitiveSchema, MEMBERS) }),
        GROUPS,
      ),
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

const numberSchema = withDefault({}, objectOf({ number: optionalCount() }));

const crmmonSchema = objectOf({
  version: text(),
  summary: objectOf({
    nodes: numberSchema,
    resources: numberSchema,
    last_change: withDefault({}, objectOf({ time: optionalText() })),
  }),
  nodes: optionalListOf(crmNodeSchema, NODES),
  resources: optionalListOf(resourceSchema, RESOURCES),
  groups: optionalListOf(
    objectOf({ id: text(), managed: flagOr(true), resources: optionalListOf(resourceSchema, MEMBERS) }),
    GROUPS,
  ),
  clones: optionalListOf(
    objectOf({
      id: text(),
      managed: flagOr(true),
      multi_state: flagOr(false),
      resources: optionalListOf(resourceSchema, CLONED),
    }),
    CLONES,
  ),
  node_history: nodesWith({
    resource_history: optionalListOf(objectOf({ name: text(), fail_count: optionalCount() }), RESOURCES),
  }),
  node_attributes: nodesWith({ attributes: optionalListOf(pair, NODE_ATTRIBUTES) }),
});

/** What is told of each node. */
function nodesWith<S extends z.ZodRawShape>(told: S) {
  return withDefault({}, objectOf({ nodes: optionalListOf(objectOf({ name: text(), ...told }), NODES) }));
}

const sbdSchema = objectOf({
  devices: optionalListOf(
    objectOf({ device: text(), status: oneOf(sbdDeviceSchema.shape.status.options, "unhealthy") }),
    SBD_DEVICES,
  ),
  config: withDefault({}, objectOf({ sbd_device: optionalText(), sbd_watchdog_dev: optionalText() })),
});

/** Told by all agents; absent in the payloads of old ones, which report only while the cluster runs. */
const presence = { id: text(), name: optionalText(), online: flagOr(true) };
export const presenceSchema = objectOf(presence);

export const onlineSchema = objectOf({
  ...presence,
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
