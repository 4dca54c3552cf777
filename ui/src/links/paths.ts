/** Where the page of a resource is. */
export const hostPath = (id: string) => `/hosts/${id}`;
export const clusterPath = (id: string) => `/clusters/${id}`;
export const sapSystemPath = (id: string) => `/sap_systems/${id}`;
export const databasePath = (id: string) => `/databases/${id}`;
export const executionPath = (id: string) => `/executions/${id}`;
export const checksPath = (kind: "hosts" | "clusters", id: string) => `/${kind}/${id}/checks`;
export const selectionPath = (kind: "hosts" | "clusters", id: string) => `/${kind}/${id}/checks/selection`;
export const labPath = (checkId?: string, executionId?: string) => {
  const query = new URLSearchParams();
  if (checkId !== undefined) query.set("check", checkId);
  if (executionId !== undefined) query.set("execution", executionId);
  return `/lab${query.size === 0 ? "" : `?${query}`}`;
};

/** The list of those hosts alone that an SAP system needs. */
export const hostsOfSystemPath = (id: string) => `/hosts?sap_system=${id}`;
