/** Keeps all that is known in step with the rooms. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { resourceSchemas, type Topic, topics } from "../../../party/messages.ts";
import { detailsKey, groupKey, progressKey } from "../api/executions.ts";
import { healthSummaryKey } from "../api/keys.ts";
import { LiveContext, ROOM_PATIENCE } from "./connection.ts";
import { keptAgents, keptClusters, keptDatabases, keptHosts, keptSapSystems } from "./kept.ts";
import { paced } from "./paced.ts";
import { enterRoom, watchRoom } from "./room.ts";

/** Milliseconds within which a change is in the summary: an incident is many changes, and need not be as many requests. */
const SUMMARY_DELAY = 1_000;

/** The topics whose resources are kept as lists. */
type Listed = Exclude<Topic, "executions" | "activity_log">;
type InStep = Readonly<Record<Listed, boolean>>;
/** Of each group it is kept how far its last execution is; what was found is asked for when one starts or ends. */
function followExecutions(client: QueryClient, onMet: () => void): () => void {
  return watchRoom("executions", resourceSchemas.executions, {
    onLive: onMet,
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

const nothing: InStep = {
  hosts: false,
  clusters: false,
  sap_systems: false,
  databases: false,
  agents: false,
};

export function Live({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [inStep, setInStep] = useState(nothing);
  const [met, setMet] = useState<ReadonlySet<Topic>>(new Set());
  const isLive = Object.values(inStep).every(Boolean);

  useEffect(() => {
    const meet = (...rooms: readonly Topic[]) =>
      setMet((before) => (rooms.every((room) => before.has(room)) ? before : new Set([...before, ...rooms])));
    const patience = setTimeout(() => meet(...topics), ROOM_PATIENCE);
    // The summary is of all types, and is put together by the server: any change may be one of it. Asking after
    // changes alone costs nothing while nothing happens, and shows what happens sooner than asking now and then.
    const onChange = paced(() => client.invalidateQueries({ queryKey: healthSummaryKey }), SUMMARY_DELAY);
    const listener = (topic: Listed) => ({
      onLive: (isLive: boolean) => {
        meet(topic);
        setInStep((before) => (before[topic] === isLive ? before : { ...before, [topic]: isLive }));
      },
      onChange,
    });
    const { hosts, clusters, sap_systems, databases, agents } = resourceSchemas;
    const leave = [
      enterRoom(client, "hosts", hosts, keptHosts, listener("hosts")),
      enterRoom(client, "clusters", clusters, keptClusters, listener("clusters")),
      enterRoom(client, "sap_systems", sap_systems, keptSapSystems, listener("sap_systems")),
      enterRoom(client, "databases", databases, keptDatabases, listener("databases")),
      enterRoom(client, "agents", agents, keptAgents, listener("agents")),
      followExecutions(client, () => meet("executions")),
    ];
    return () => {
      clearTimeout(patience);
      for (const each of leave) each();
    };
  }, [client]);

  useEffect(() => {
    // What failed while the server was away is asked for again, shown or not.
    if (isLive) void client.refetchQueries({ predicate: ({ state }) => state.status === "error" });
  }, [client, isLive]);

  const state = useMemo(() => ({ isLive, met }), [isLive, met]);
  return <LiveContext.Provider value={state}>{children}</LiveContext.Provider>;
}
