/** All checks that are known, and the catalogues that they come from. */
import { Accordion, Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import { type Definition, useDefinitions } from "../api/checks.ts";
import { labPath } from "../links/paths.ts";
import { FilterBar } from "../list/filter-bar.tsx";
import { filterResources } from "../list/filters.ts";
import { Hint, Nothing } from "../list/nothing.tsx";
import { useFilters } from "../list/use-filters.ts";
import { NotRead, Page } from "../shell/page.tsx";
import { checkFiltering, inGroups } from "./catalog-filters.ts";
import { Catalogues } from "./catalogues.tsx";
import { CheckDetails } from "./check-details.tsx";
import { InlineCode } from "./markdown.tsx";

function CheckItem({ check }: { readonly check: Definition }) {
  const { id, name, severity, catalogue } = check;
  return (
    <Accordion.Item value={id} data-check={id}>
      <Accordion.Control>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" ff="monospace" c="dimmed">
            {id}
          </Text>
          <Text size="sm" className="long" flex={1}>
            <InlineCode text={name} />
          </Text>
          {severity === "warning" && (
            <Badge variant="light" color="yellow" className="legible">
              warning
            </Badge>
          )}
          <Badge variant="outline" color="gray" className="legible" visibleFrom="sm">
            {catalogue}
          </Badge>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack>
          <CheckDetails check={check} />
          <Anchor component={Link} to={labPath(id)} size="sm">
            Open in the check lab
          </Anchor>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Groups({ checks }: { readonly checks: readonly Definition[] }) {
  return inGroups(checks).map(({ group, checks: own }) => (
    <Stack gap={4} key={group} component="section" aria-label={group}>
      <Text fw={600} component="h2" size="md">
        {group}{" "}
        <Text span size="sm" c="dimmed">
          {own.length}
        </Text>
      </Text>
      {/* What is not open is not drawn: there may be hundreds. */}
      <Accordion variant="contained" multiple keepMounted={false}>
        {own.map((check) => (
          <CheckItem key={check.id} check={check} />
        ))}
      </Accordion>
    </Stack>
  ));
}

const none: Definition[] = [];

export function CatalogPage() {
  const { data: known, error, refetch } = useDefinitions();
  const data = known ?? none;
  const { filters, change, clear } = useFilters();
  const shown = useMemo(() => filterResources(data, checkFiltering, filters), [data, filters]);
  if (known === undefined) return <NotRead title="Checks" error={error} onRetry={refetch} />;
  return (
    <Page
      title="Checks"
      aside={
        <Text size="sm" c="dimmed">
          {shown.length} of {data.length}
        </Text>
      }
    >
      <Catalogues />
      <FilterBar resources={data} filtering={checkFiltering} filters={filters} onChange={change} />
      {shown.length === 0 ? (
        <Nothing title="No check is like that">
          <Hint>None of the {data.length} suits the search and the filters.</Hint>
          <Button variant="light" size="compact-sm" onClick={clear}>
            Show all
          </Button>
        </Nothing>
      ) : (
        <Groups checks={shown} />
      )}
    </Page>
  );
}
