/** The payload of `sap_system_discovery`: what `sapcontrol` and `hdbnsutil` tell of a host's instances. */
import { z } from "zod";
import {
  count,
  flagOr,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  optionalListOf,
  optionalText,
  text,
  withDefault,
} from "../cast.ts";

/** Some properties of an instance are whole lists. */
const LONG = 100_000;
const colours = ["SAPControl-GREEN", "SAPControl-YELLOW", "SAPControl-RED", "SAPControl-GRAY"] as const;

const controlledSchema = objectOf({
  features: text(),
  hostname: text(),
  httpPort: count(),
  httpsPort: count(),
  dispstatus: oneOf(colours, "SAPControl-GRAY"),
  instanceNr: count(),
  startPriority: text(),
  /** Absent from old agents, which leave it to be found by host and number. */
  currentInstance: flagOr(false).optional(),
});
export type ControlledInstance = z.infer<typeof controlledSchema>;

const sapControlSchema = objectOf({
  Properties: listOf(objectOf({ property: text(), value: optionalText(LONG) })),
  Instances: listOf(controlledSchema),
  Processes: optionalListOf(objectOf({ name: text() })),
});

const instanceSchema = objectOf({
  Host: text(),
  Name: text(),
  SAPControl: sapControlSchema,
  SystemReplication: withDefault(null, objectOf({ overall_replication_status: optionalText() }).nullable()),
  /** Its keys hold names of sites. */
  HdbnsutilSRstate: mapOf(z.unknown()),
});
export type SentInstance = z.infer<typeof instanceSchema>;

const named = { Id: text(), SID: text() };

const databaseSchema = objectOf({
  ...named,
  Databases: optionalListOf(objectOf({ Database: text() })),
  Instances: listOf(instanceSchema),
});
export type SentDatabase = z.infer<typeof databaseSchema>;

const applicationSchema = objectOf({
  ...named,
  DBAddress: text(),
  Profile: objectOf({ "dbs/hdb/dbname": text() }),
  Instances: listOf(instanceSchema),
});
export type SentApplication = z.infer<typeof applicationSchema>;

const UNKNOWN = 0;
const DATABASE = 1;
const APPLICATION = 2;
const DIAGNOSTICS = 3;

const kindSchema = objectOf({ Type: count() }).refine(
  ({ Type }) => [UNKNOWN, DATABASE, APPLICATION, DIAGNOSTICS].includes(Type),
  { path: ["Type"], message: "is invalid" },
);

type SentSystem =
  | { readonly kind: "database"; readonly system: SentDatabase }
  | { readonly kind: "application"; readonly system: SentApplication }
  | { readonly kind: "ignored" };

/** Each by its type: what neither is a database nor an application needs no more than a name. */
const systemSchema = z.unknown().transform((input, context): SentSystem => {
  const kind = kindSchema.safeParse(input);
  if (!kind.success) return refused(kind.error, context);
  if (kind.data.Type === DATABASE) {
    const system = databaseSchema.safeParse(input);
    return system.success ? { kind: "database", system: system.data } : refused(system.error, context);
  }
  if (kind.data.Type === APPLICATION) {
    const system = applicationSchema.safeParse(input);
    return system.success ? { kind: "application", system: system.data } : refused(system.error, context);
  }
  const ignored = objectOf(named).safeParse(input);
  return ignored.success ? { kind: "ignored" } : refused(ignored.error, context);
});

function refused(error: z.ZodError, context: z.RefinementCtx): never {
  for (const { path, message } of error.issues) context.addIssue({ code: "custom", path, message });
  return z.NEVER;
}

export const payloadSchema = listOf(systemSchema);
