/** How Trento makes the ids of what agents discover. */
import { v5 } from "uuid";

const NAMESPACE = "fb92284e-aa5e-47f6-a883-bf9469e7a0dc";

/** @param authkeyHash the `Id` of a cluster's payload: the hash of its corosync key */
export function clusterIdOf(authkeyHash: string): string {
  return v5(authkeyHash, NAMESPACE);
}

/** @param systemId the `Id` of a database in a payload */
export function databaseIdOf(systemId: string): string {
  return v5(systemId, NAMESPACE);
}

/** A system is known by the tenant that holds its data; its own `Id` is not used. */
export function sapSystemIdOf(databaseId: string, tenant: string): string {
  return v5(tenant, databaseId);
}
