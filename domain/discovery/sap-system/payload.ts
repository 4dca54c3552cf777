/** The payload of `sap_system_discovery`: what `sapcontrol` and `hdbnsutil` tell of a host's instances. */
import { z } from "zod";
import {
  BLANK,
  count,
  flagOrNothing,
  INVALID,
  optionalCount,
  optionalText,
  requiredOneOf,
  something,
  text,
  textOrNothing,
} from "../cast.ts";
import { addIssues, listOf, mapOf, objectOf, optionalListOf, withDefault } from "../collections.ts";

/** Far more than hosts have: a host runs a handful of instances, of one or two systems. */
const SYSTEMS = 100;
const INSTANCES = 100;
/** Of an instance: what its profile sets, the other instances of its system, and its processes. */
const PROPERTIES = 1_000;
const CONTROLLED = 500;
const PROCESSES = 500;

/** Some properties of an instance are whole lists. */
const LONG = 100_000;
const colours = ["SAPControl-GREEN", "SAPControl-YELLOW", "SAPControl-RED", "SAPControl-GRAY"] as const;

const controlledSchema = objectOf({
  features: text(),
  hostname: text(),
  httpPort: count(),
  /** What is not the current instance may tell none. */
  httpsPort: optionalCount(),
  dispstatus: requiredOneOf(colours),
  instanceNr: count(),
  startPriority: text(),
  /** Absent from old agents, which leave it to be found by host and number. */
  currentInstance: flagOrNothing(),
});
export type ControlledInstance = z.infer<typeof controlledSchema>;

const processSchema = objectOf({
  pid: something(),
  name: text(),
  dispstatus: requiredOneOf(colours),
  description: text(),
});

const sapControlSchema = objectOf({
  Properties: listOf(objectOf({ property: text(), value: textOrNothing(LONG) }), PROPERTIES),
  Instances: listOf(controlledSchema, CONTROLLED),
  /** Null where nothing runs: Go writes an empty list so. */
  Processes: optionalListOf(processSchema, PROCESSES),
});

const instanceSchema = objectOf({
  Host: text(),
  Name: text(),
  Type: count(),
  SAPControl: sapControlSchema,
  SystemReplication: withDefault(
    null,
    objectOf({ local_site_id: something(), overall_replication_status: optionalText() }).nullable(),
  ),
  /** Its keys hold names of sites. */
  HdbnsutilSRstate: mapOf(z.unknown()),
});
export type SentInstance = z.infer<typeof instanceSchema>;

/** Every type of system has these. */
const common = { Id: text(), SID: text(), Instances: listOf(instanceSchema, INSTANCES) };

const databaseSchema = objectOf({
  ...common,
  Databases: optionalListOf(objectOf({ Database: text() })),
});
export type SentDatabase = z.infer<typeof databaseSchema>;

const applicationSchema = objectOf({
  ...common,
  DBAddress: optionalText(),
  Profile: objectOf({ "dbs/hdb/dbname": text() }),
}).superRefine(({ DBAddress, Instances }, context) => {
  // Its instances cannot do without; a system without instances can.
  if (DBAddress === null && Instances.length > 0)
    context.addIssue({ code: "custom", path: ["DBAddress"], message: BLANK });
});
export type SentApplication = z.infer<typeof applicationSchema>;

const UNKNOWN = 0;
const DATABASE = 1;
const APPLICATION = 2;
const DIAGNOSTICS = 3;

const kindSchema = objectOf({ Type: count() }).refine(
  ({ Type }) => [UNKNOWN, DATABASE, APPLICATION, DIAGNOSTICS].includes(Type),
  { path: ["Type"], message: INVALID },
);

type SentSystem =
  | { readonly kind: "database"; readonly system: SentDatabase }
  | { readonly kind: "application"; readonly system: SentApplication }
  | { readonly kind: "ignored" };

/** Each by its type. What is neither a database nor an application is ignored, but must be valid as well. */
const systemSchema = z.unknown().transform((input, context): SentSystem => {
  const refused = ({ error }: { readonly error: z.ZodError }): never => {
    addIssues(error, context);
    return z.NEVER;
  };
  const kind = kindSchema.safeParse(input);
  if (!kind.success) return refused(kind);
  if (kind.data.Type === DATABASE) {
    const system = databaseSchema.safeParse(input);
    return system.success ? { kind: "database", system: system.data } : refused(system);
  }
  if (kind.data.Type === APPLICATION) {
    const system = applicationSchema.safeParse(input);
    return system.success ? { kind: "application", system: system.data } : refused(system);
  }
  const ignored = objectOf(common).safeParse(input);
  return ignored.success ? { kind: "ignored" } : refused(ignored);
});

export const payloadSchema = listOf(systemSchema, SYSTEMS);
