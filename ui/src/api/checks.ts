/** Checks, from the API: the catalogues, and what a cluster or a host selects and sets of them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { checkDefinitionSchema, defectSchema } from "../../../checks/definition.ts";
import { request, requestJson } from "./request.ts";

export const definitionSchema = checkDefinitionSchema.extend({ catalogue: z.string() });
export type Definition = z.infer<typeof definitionSchema>;

const itemsOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item) });

const definitionsKey = ["checks", "definitions"] as const;
const cataloguesKey = ["checks", "catalogues"] as const;

export function useDefinitions() {
  return useQuery({
    queryKey: definitionsKey,
    queryFn: async () => (await requestJson("/api/v1/checks/definitions", itemsOf(definitionSchema))).items,
  });
}

const catalogueSchema = z.object({
  name: z.string(),
  version: z.string(),
  origin: z.enum(["own", "imported"]),
  checks: z.int(),
  imported_at: z.string().nullable(),
  defects: z.array(defectSchema),
  hidden: z.array(z.string()),
});
export type CatalogueInfo = z.infer<typeof catalogueSchema>;

export function useCatalogues() {
  return useQuery({
    queryKey: cataloguesKey,
    queryFn: async () => (await requestJson("/api/v1/checks/catalogues", itemsOf(catalogueSchema))).items,
  });
}

const cataloguePath = (name: string) => `/api/v1/checks/catalogues/${encodeURIComponent(name)}`;

export interface Upload {
  readonly name: string;
  readonly version: string | undefined;
  readonly files: readonly { readonly name: string; readonly content: string }[];
}

export function useUploadCatalogue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ name, ...body }: Upload) =>
      requestJson(cataloguePath(name), catalogueSchema, { method: "PUT", body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["checks"] }),
  });
}

export function useRemoveCatalogue() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => request(cataloguePath(name), { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["checks"] }),
  });
}

/** What checks run on. */
export interface TargetName {
  readonly kind: "hosts" | "clusters";
  readonly id: string;
}

const targetSchema = z.object({
  group_id: z.guid(),
  target_type: z.enum(["host", "cluster"]),
  env: z.record(z.string(), z.string()).nullable(),
  targets: z.array(z.object({ agent_id: z.guid(), hostname: z.string() })),
  interval: z.number().nullable(),
  /** Why no checks run now, in words. */
  not_run_because: z.string().nullable(),
});

export function useChecksTarget({ kind, id }: TargetName) {
  return useQuery({
    queryKey: ["checks", "target", kind, id],
    queryFn: () => requestJson(`/api/v1/${kind}/${id}/checks/target`, targetSchema),
  });
}

const selectableSchema = z.object({
  id: z.string(),
  name: z.string(),
  group: z.string(),
  description: z.string(),
  values: z.array(
    z.object({
      name: z.string(),
      customizable: z.boolean(),
      default_value: z.json().optional(),
      environment_value: z.json().optional(),
      custom_value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    }),
  ),
  customizable: z.boolean(),
  customized: z.boolean(),
});
export type SelectableCheck = z.infer<typeof selectableSchema>;
export type Environment = Readonly<Record<string, string>>;

/** The checks that concern a target. Nothing is asked before its environment is known. */
export function useSelectableChecks(groupId: string, env: Environment | null) {
  return useQuery({
    queryKey: ["checks", "selectable", groupId, env],
    enabled: env !== null,
    queryFn: async () => {
      const query = new URLSearchParams({ ...env });
      return (await requestJson(`/api/v1/groups/${groupId}/checks?${query}`, itemsOf(selectableSchema)))
        .items;
    },
  });
}

export function useSelectChecks({ kind, id }: TargetName) {
  return useMutation({
    mutationFn: (checks: readonly string[]) =>
      request(`/api/v1/${kind}/${id}/checks`, { method: "POST", body: { checks } }),
  });
}

export function useRequestExecution({ kind, id }: TargetName) {
  return useMutation({
    mutationFn: () => request(`/api/v1/${kind}/${id}/checks/request_execution`, { method: "POST" }),
  });
}

export interface CustomValue {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** Sets what a group has of its own in a check; nothing takes all of it back. */
export function useCustomize(groupId: string, checkId: string) {
  const client = useQueryClient();
  const path = `/api/v1/groups/${groupId}/checks/${encodeURIComponent(checkId)}/customization`;
  return useMutation({
    mutationFn: (values: readonly CustomValue[] | null) =>
      values === null
        ? request(path, { method: "DELETE" })
        : request(path, { method: "POST", body: { values } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["checks", "selectable", groupId] }),
  });
}
