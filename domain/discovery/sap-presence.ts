/** Whether SAP runs on a host, as its last `sap_system_discovery` tells: saptune is judged only then. */
import { z } from "zod";

const DATABASE = 1;
const APPLICATION = 2;
const systemsSchema = z.array(z.looseObject({ Type: z.unknown(), Instances: z.array(z.unknown()) }));

/** @returns true when the payload names at least one instance of a database or application system */
export function namesSapInstances(payload: unknown): boolean {
  const systems = systemsSchema.safeParse(payload);
  if (!systems.success) return false;
  return systems.data.some(
    ({ Type, Instances }) => [DATABASE, APPLICATION].includes(Number(Type)) && Instances.length > 0,
  );
}
