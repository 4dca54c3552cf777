/** What clusters are seen together with, as far as it has been read. */
import { useMemo } from "react";
import { useHosts } from "../api/hosts.ts";
import { useDatabases, useSapSystems } from "../api/sap-systems.ts";
import type { Landscape } from "./sids-in-cluster.ts";

export function useLandscape(): Landscape {
  const { data: hosts } = useHosts();
  const { data: systems } = useSapSystems();
  const { data: databases } = useDatabases();
  return useMemo(
    () => ({ hosts: hosts ?? [], systems: systems ?? [], databases: databases ?? [] }),
    [hosts, systems, databases],
  );
}
