/** Where the page of a resource is. */
export const hostPath = (id: string) => `/hosts/${id}`;
export const clusterPath = (id: string) => `/clusters/${id}`;
export const sapSystemPath = (id: string) => `/sap_systems/${id}`;
export const databasePath = (id: string) => `/databases/${id}`;

/** The list of those hosts alone that an SAP system needs. */
export const hostsOfSystemPath = (id: string) => `/hosts?sap_system=${id}`;
