/** The application layer of an SAP system. */
import type { InstanceStatus } from "../../../domain/instance.ts";
import type { Database } from "./database.ts";
import type { SimulatedHost } from "./host.ts";

export type InstanceKind = "central services" | "enqueue replicator" | "application server";

export interface ApplicationInstance {
  readonly kind: InstanceKind;
  readonly system: SapSystem;
  /** Two digits. */
  readonly number: string;
  /** As `ASCS00`. */
  readonly name: string;
  /** The virtual host name by which it is known, whatever host it runs on. */
  readonly hostname: string;
  /** Moves with the instance; null where no cluster moves it. */
  readonly virtualIp: string | null;
  host: SimulatedHost;
  status: InstanceStatus;
  /** Gone from its host. */
  isAbsent: boolean;
}

export interface SapSystem {
  readonly sid: string;
  /** Hexadecimal, as agents tell it; the control plane has its own. */
  readonly id: string;
  readonly stack: "ABAP" | "J2EE";
  readonly ensa: "ensa1" | "ensa2";
  readonly database: Database;
  readonly tenant: string;
  readonly instances: ApplicationInstance[];
}

export function featuresOf({ kind, system }: ApplicationInstance): string {
  if (kind === "central services") return "MESSAGESERVER|ENQUE";
  if (kind === "enqueue replicator") return "ENQREP";
  return system.stack === "ABAP" ? "ABAP|GATEWAY|ICMAN|IGS" : "J2EE|IGS";
}
