/** The activity log: what happened in the landscape, and what people did. */
import {
  Anchor,
  Badge,
  Button,
  Code,
  CopyButton,
  Group,
  MultiSelect,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { ActivityEntryView } from "../../../domain/activity-log/entry.ts";
import { type Severity, severitySchema } from "../../../domain/activity-log/severity.ts";
import { useActivity } from "../api/activity.ts";
import { useTyped } from "../list/use-typed.ts";
import { SearchIcon } from "../shell/icons.tsx";
import { LoadingFailed, Page } from "../shell/page.tsx";
import { time } from "../status/time.ts";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { useNewEntries } from "./new-entries.ts";
import { leftOutOf, queryOf, severitiesIn } from "./query.ts";
import { headlineOf, inWords, subjectOf } from "./wording.ts";

const PER_PAGE = 25;
const colors: Readonly<Record<Severity, string>> = {
  debug: "gray",
  info: "cyan",
  warning: "yellow",
  critical: "red",
};

const columns: Column<ActivityEntryView>[] = [
  { id: "time", heading: "Time", cell: ({ occurred_on }) => time(occurred_on) },
  {
    id: "severity",
    heading: "Severity",
    cell: ({ severity }) => (
      <Badge
        color={colors[severity]}
        variant={severity === "debug" ? "outline" : "light"}
        className="legible"
        data-severity={severity}
      >
        {severity}
      </Badge>
    ),
  },
  { id: "what", heading: "What", cell: headlineOf },
  {
    id: "about",
    heading: "About",
    cell: (entry) => {
      const subject = subjectOf(entry);
      if (subject === null) return "–";
      if (subject.path === null) return subject.name;
      return (
        <Anchor component={Link} to={subject.path} size="sm">
          {subject.name}
        </Anchor>
      );
    },
  },
  { id: "who", heading: "Who", cell: ({ actor }) => actor },
];

function Details({ entry: { type, metadata } }: { readonly entry: ActivityEntryView }) {
  const text = JSON.stringify(metadata, null, 2);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Code>{type}</Code>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block mah={320}>
        {text}
      </Code>
    </Stack>
  );
}

/** The address has the filters and where the page begins, so that it can be sent to others. */
function useQueryInAddress() {
  const [address, setAddress] = useSearchParams();
  const set = (changes: Readonly<Record<string, string | readonly string[] | null>>) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete("after");
        next.delete("before");
        for (const [name, value] of Object.entries(changes)) {
          next.delete(name);
          for (const one of value === null ? [] : [value].flat()) if (one !== "") next.append(name, one);
        }
        return next;
      },
      { replace: true },
    );
  return { address, query: queryOf(address, PER_PAGE), set, clear: () => setAddress({}, { replace: true }) };
}

type InAddress = Pick<ReturnType<typeof useQueryInAddress>, "address" | "set">;

/** What the address has and is none is left out, and said. */
function leftOut(address: URLSearchParams, name: string): string | undefined {
  const text = leftOutOf(address).get(name);
  return text === undefined ? undefined : `left out, since it is none: ${text}`;
}

interface DateFieldProps extends InAddress {
  readonly name: "from_date" | "to_date";
  readonly label: string;
}

function DateField({ name, label, address, set }: DateFieldProps) {
  const error = leftOut(address, name);
  const said = error === undefined ? (address.get(name) ?? "") : "";
  const typed = useTyped(said, (text) => set({ [name]: text }));
  return <TextInput label={label} type="datetime-local" error={error} {...typed} />;
}

function Filters({ address, set }: InAddress) {
  const said = address.get("search") ?? "";
  const [search, setSearch] = useState(said);
  useEffect(() => setSearch(said), [said]);
  return (
    <Group gap="sm" align="flex-end">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          set({ search });
        }}
      >
        <TextInput
          type="search"
          label="Search"
          placeholder="prd*  ·  *sbd* AND critical  ·  >5"
          leftSection={<SearchIcon />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onBlur={() => search !== said && set({ search })}
          w={300}
        />
      </form>
      <MultiSelect
        label="Severity"
        placeholder={address.has("severity") ? "" : "all"}
        data={severitySchema.options}
        value={severitiesIn(address)}
        error={leftOut(address, "severity")}
        onChange={(severity) => set({ severity })}
        clearable
        w={260}
      />
      <DateField name="from_date" label="From" address={address} set={set} />
      <DateField name="to_date" label="To" address={address} set={set} />
    </Group>
  );
}

export function ActivityPage() {
  const { address, query, set, clear } = useQueryInAddress();
  const isMet = useNewEntries();
  const { data, error, refetch } = useActivity(query, isMet);
  const pagination = data?.pagination;
  return (
    <Page title="Activity log">
      <Filters address={address} set={set} />
      {error !== null && data === undefined ? (
        <>
          <LoadingFailed error={error} onRetry={refetch} />
          {address.size > 0 && (
            <Group>
              <Button variant="light" onClick={clear}>
                Show all entries
              </Button>
            </Group>
          )}
        </>
      ) : (
        <>
          <PlainTable
            label="Activity log"
            columns={columns}
            rows={data?.data ?? []}
            keyOf={({ id }) => id}
            empty={data === undefined ? "Reading…" : "There are no entries like that."}
            more={{
              labelOf: ({ type }) => `Details of ${inWords(type)}`,
              show: (entry) => <Details entry={entry} />,
            }}
          />
          <Group>
            <Button
              variant="light"
              disabled={!pagination?.has_previous_page}
              onClick={() => set({ before: pagination?.start_cursor ?? null })}
            >
              Newer
            </Button>
            <Button
              variant="light"
              disabled={!pagination?.has_next_page}
              onClick={() => set({ after: pagination?.end_cursor ?? null })}
            >
              Older
            </Button>
            {(address.has("after") || address.has("before")) && (
              <Button variant="subtle" onClick={() => set({})}>
                To the newest
              </Button>
            )}
            <Text size="sm" c="dimmed">
              New entries come by themselves.
            </Text>
          </Group>
        </>
      )}
    </Page>
  );
}
