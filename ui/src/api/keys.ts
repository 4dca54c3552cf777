/** Where in the cache the answers of the API are. */
export const hostsKey = ["hosts"] as const;
export const clustersKey = ["clusters"] as const;
export const sapSystemsKey = ["sap_systems"] as const;
export const databasesKey = ["databases"] as const;
export const agentsKey = ["agents"] as const;
export const healthSummaryKey = ["health_summary"] as const;
