/** A tag for specs. */
import type { Tag } from "../../../domain/tag.ts";

export function tagExample(value: string): Tag {
  return {
    id: 1,
    value,
    resource_id: "9cd46919-5f19-59aa-993e-cf3736c71053",
    resource_type: "host",
    inserted_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
  };
}
