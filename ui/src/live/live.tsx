/** Keeps all that is known in step with the rooms. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { resourceSchemas, type Topic } from "../../../party/messages.ts";
import { detailsKey, groupKey, progressKey } from "../api/executions.ts";
import { healthSummaryKey } from "../api/keys.ts";
import { keptClusters, keptDatabases, keptHosts, keptSapSystems } from "./kept.ts";
import { paced } from "./paced.ts";
import { enterRoom, watchRoom } from "./room.ts";

/** Milliseconds within which a change is in the summary: an incident is many changes, and need not be as many requests. */
const SUMMARY_DELAY = 1_000;

const LiveContext = createContext(false);

/** Whether what is shown is in step with the server. */
export function useIsLive(): boolean {
  return useContext(LiveContext);
}

/** The topics whose resources are kept as lists. */
type Listed = Exclude<Topic, "executions" | "activity_log">;
type InStep = Readonly<Record<Listed, boolean>>;
/** Of each group it is kept how far its last execution is; what was found is asked for when one starts or ends. */
function followExecutions(client: QueryClient): () => void {
  return watchRoom("executions", resourceSchemas.executions, {
    onLive: () => {},
    onChange: ({ resource }) => {
      if (resource === null) return;
      const { group_id, execution_id, status, answered } = resource;
      client.setQueryData(progressKey(group_id), resource);
      if (status === "running" && answered.length > 0) return;
      void client.invalidateQueries({ queryKey: groupKey(group_id) });
      void client.invalidateQueries({ queryKey: detailsKey(execution_id) });
    },
    onGap: () => void client.invalidateQueries({ queryKey: ["executions"] }),
  });
}

const nothing: InStep = { hosts: false, clusters: false, sap_systems: false, databases: false };

export function Live({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [inStep, setInStep] = useState(nothing);

  useEffect(() => {
    // The summary is of all types, and is put together by the server: any change may be one of it. Asking after
    // changes alone costs nothing while nothing happens, and shows what happens sooner than asking now and then.
    const onChange = paced(() => client.invalidateQueries({ queryKey: healthSummaryKey }), SUMMARY_DELAY);
    const listener = (topic: Listed) => ({
      onLive: (isLive: boolean) =>
        setInStep((before) => (before[topic] === isLive ? before : { ...before, [topic]: isLive })),
      onChange,
    });
    const { hosts, clusters, sap_systems, databases } = resourceSchemas;
    const leave = [
      enterRoom(client, "hosts", hosts, keptHosts, listener("hosts")),
      enterRoom(client, "clusters", clusters, keptClusters, listener("clusters")),
      enterRoom(client, "sap_systems", sap_systems, keptSapSystems, listener("sap_systems")),
      enterRoom(client, "databases", databases, keptDatabases, listener("databases")),
      followExecutions(client),
    ];
    return () => {
      for (const each of leave) each();
    };
  }, [client]);

  return <LiveContext.Provider value={Object.values(inStep).every(Boolean)}>{children}</LiveContext.Provider>;
}
