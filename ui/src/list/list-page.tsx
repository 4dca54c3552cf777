/** The page of all resources of one type. */
import { Button, Paper } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import type { Answer } from "../api/answer.ts";
import { NotRead, Page } from "../shell/page.tsx";
import type { Column } from "../tables/column.ts";
import type { Noun } from "../tables/noun.ts";
import { SortedTable } from "../tables/sorted-table.tsx";
import type { More } from "../tables/table-row.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { type Filtering, filterResources, HEALTH, type Judged } from "./filters.ts";
import { HealthCounters } from "./health-counters.tsx";
import { Hint, Nothing } from "./nothing.tsx";
import { useFilters } from "./use-filters.ts";

interface ListPageProps<Resource> {
  readonly title: string;
  readonly noun: Noun;
  readonly answer: Answer<Resource>;
  readonly filtering: Filtering<Resource>;
  readonly columns: readonly Column<Resource>[];
  readonly sortedBy: string;
  readonly attributesOf: (resource: Resource) => Readonly<Record<`data-${string}`, string>>;
  readonly more?: More<Resource>;
  /** What stands there as long as there is no resource. */
  readonly empty: ReactNode;
}

const none: never[] = [];

export function ListPage<Resource extends Judged & { readonly id: string }>(props: ListPageProps<Resource>) {
  const { title, noun, answer, filtering, empty, ...table } = props;
  const { filters, change, clear } = useFilters();
  const resources = answer.data ?? none;
  const shown = useMemo(
    () => filterResources(resources, filtering, filters),
    [resources, filtering, filters],
  );

  if (answer.data === undefined)
    return <NotRead title={title} error={answer.error} onRetry={answer.refetch} />;
  if (resources.length === 0) return <Page title={title}>{empty}</Page>;
  const counters = (
    <HealthCounters
      label={`${title} by health`}
      resources={resources}
      chosen={filters.chosen.get(HEALTH)}
      onChange={(health) => change(HEALTH, health)}
    />
  );
  return (
    <Page title={title} aside={counters}>
      <FilterBar resources={resources} filtering={filtering} filters={filters} onChange={change} />
      {shown.length === 0 ? (
        <Nothing title={`No ${noun.one} is like that`}>
          <Hint>None of the {resources.length} suits the search and the filters.</Hint>
          <Button variant="light" size="compact-sm" onClick={clear}>
            Show all
          </Button>
        </Nothing>
      ) : (
        <Paper withBorder>
          <SortedTable label={title} noun={noun} rows={shown} {...table} />
        </Paper>
      )}
    </Page>
  );
}
