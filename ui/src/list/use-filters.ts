/** Search and filters as the page's address has them: they outlive a reload, and can be sent to others. */
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { type Filters, readFilters } from "./filters.ts";

interface UsedFilters {
  readonly filters: Filters;
  readonly change: (name: string, value: string | null) => void;
  readonly clear: () => void;
}

export function useFilters(): UsedFilters {
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(() => readFilters(query), [query]);

  function change(name: string, value: string | null) {
    setQuery(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === null) after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  }

  return { filters, change, clear: () => setQuery({}, { replace: true }) };
}
