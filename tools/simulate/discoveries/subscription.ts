/** `subscription_discovery`: what SUSE products the host is entitled to. */
import type { SimulatedHost } from "../model/host.ts";

export function subscriptionDiscovery(host: SimulatedHost): unknown {
  const version = host.osVersion.replace("-SP", ".");
  const registered = { arch: "x86_64", version, status: "Registered" };
  const paid = {
    ...registered,
    type: "full",
    subscription_status: "ACTIVE",
    starts_at: "2025-01-01 00:00:00 UTC",
    expires_at: "2028-01-01 00:00:00 UTC",
  };
  const modules = ["sle-module-basesystem", "sle-module-server-applications", "sle-module-sap-applications"];
  return [
    { identifier: "SLES_SAP", ...paid },
    { identifier: "sle-ha", ...paid },
    ...modules.map((identifier) => ({ identifier, ...registered })),
  ];
}
