/** The payload of `ha_cluster_discovery`, with its keys in snake case. Null lists, which Go writes for empty ones, are empty. */
import { z } from "zod";
import { clusterStateSchema, sbdDeviceSchema } from "../../cluster/details.ts";
import { providerSchema } from "../../host/provider.ts";
import {
  anything,
  flag,
  flagOr,
  name,
  oneOf,
  oneOfOrNothing,
  optionalCount,
  optionalText,
  text,
  textOrEmpty,
} from "../cast.ts";
import { addIssues, objectsIn, optionalListOf, withDefault } from "../collections.ts";
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
const pair = objectOf({ name: name(), value: textOrEmpty(LONG) });

const primitiveSchema = objectOf({
  id: name(),
  type: textOrEmpty(),
  instance_attributes: optionalListOf(pair, INSTANCE_ATTRIBUTES),
});
export type Primitive = z.infer<typeof primitiveSchema>;

/** A struct that is not there: Go writes one whose fields are all empty. */
function orNothing<S extends z.ZodType>(schema: S, field: string) {
  return anything().transform((input, context): z.output<S> | null => {
    if (input === undefined || input === null || isEmptyStruct(input, field)) return null;
    const parsed = schema.safeParse(input);
    if (parsed.success) return parsed.data;
    addIssues(parsed.error, context);
    return z.NEVER;
  });
}

function isEmptyStruct(input: unknown, field: string): boolean {
  if (input === null || typeof input !== "object" || Array.isArray(input)) return false;
  const told = Object.entries(input).find(([key]) => snakeCase(key) === field)?.[1] ?? "";
  return typeof told === "string" && told.trim() === "";
}

/** What is cloned may be a group, and then is no primitive. */
const wrapped = objectOf({ id: textOrEmpty(), primitive: orNothing(primitiveSchema, "id") });

const cibSchema = objectOf({
  configuration: objectOf({
    crm_config: withDefault({}, objectOf({ cluster_properties: optionalListOf(pair, PROPERTIES) })),
    resources: objectOf({
      primitives: optionalListOf(primitiveSchema, RESOURCES),
      clones: optionalListOf(wrapped, CLONES),
      masters: optionalListOf(wrapped, CLONES),
      groups: optionalListOf(
        objectOf({ id: textOrEmpty(), primitives: optionalListOf(primitiveSchema, MEMBERS) }),
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
  id: name(),
  agent: textOrEmpty(),
  role: textOrEmpty(),
  active: flagOr(false),
  orphaned: flagOr(false),
  /** What Pacemaker 3 calls orphaned. */
  removed: flagOr(false),
  blocked: flagOr(false),
  managed: flagOr(true),
  failed: flagOr(false),
  failure_ignored: flagOr(false),
  nodes_running_on: optionalCount(),
  node: orNothing(objectOf({ name: textOrEmpty() }), "name"),
});
export type CrmResource = z.infer<typeof resourceSchema>;

const crmNodeSchema = objectOf({
  name: name(),
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
    objectOf({
      id: textOrEmpty(),
      managed: flagOr(true),
      resources: optionalListOf(resourceSchema, MEMBERS),
    }),
    GROUPS,
  ),
  clones: optionalListOf(
    objectOf({
      id: textOrEmpty(),
      managed: flagOr(true),
      multi_state: flagOr(false),
      resources: optionalListOf(resourceSchema, CLONED),
    }),
    CLONES,
  ),
  node_history: nodesWith({
    resource_history: optionalListOf(objectOf({ name: name(), fail_count: optionalCount() }), RESOURCES),
  }),
  node_attributes: nodesWith({ attributes: optionalListOf(pair, NODE_ATTRIBUTES) }),
});

/** What is told of each node. */
function nodesWith<S extends z.ZodRawShape>(told: S) {
  return withDefault({}, objectOf({ nodes: optionalListOf(objectOf({ name: name(), ...told }), NODES) }));
}

const sbdSchema = objectOf({
  devices: optionalListOf(
    objectOf({ device: textOrEmpty(), status: oneOf(sbdDeviceSchema.shape.status.options, "unhealthy") }),
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
  provider: oneOfOrNothing(providerSchema.options, "unknown"),
  state: optionalText().transform(
    (state) => clusterStateSchema.options.find((known) => known === state) ?? "unknown",
  ),
  cib: cibSchema,
  crmmon: crmmonSchema,
  sbd: withDefault({}, sbdSchema),
});
export type OnlineCluster = z.infer<typeof onlineSchema>;
