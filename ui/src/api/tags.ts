/** Tags of a resource, from the API. */
import { useMutation } from "@tanstack/react-query";
import type { Topic } from "../../../party/messages.ts";
import { request } from "./request.ts";

export function useAddTag(resources: Topic, id: string) {
  return useMutation({
    mutationFn: (value: string) =>
      request(`/api/v1/${resources}/${id}/tags`, { method: "POST", body: { value } }),
  });
}

export function useRemoveTag(resources: Topic, id: string) {
  return useMutation({
    // In the query: a path cannot have every text.
    mutationFn: (value: string) =>
      request(`/api/v1/${resources}/${id}/tags?${new URLSearchParams({ value })}`, { method: "DELETE" }),
  });
}
