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
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { ActivityEntryView } from "../../../domain/activity-log/entry.ts";
import { type Severity, severitySchema } from "../../../domain/activity-log/severity.ts";
import { resourceSchemas } from "../../../party/messages.ts";
import { activityKey, useActivity } from "../api/activity.ts";
import { paced } from "../live/paced.ts";
import { watchRoom } from "../live/room.ts";
import { SearchIcon } from "../shell/icons.tsx";
import { LoadingFailed, Page } from "../shell/page.tsx";
import { time } from "../status/time.ts";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
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

/** Milliseconds within which a new entry is shown: an incident is many of them. */
const DELAY = 1_000;

/** While the page is open, what is new is asked for when there is something new. */
function useNewEntries() {
  const client = useQueryClient();
  useEffect(() => {
    const readAgain = paced(() => client.invalidateQueries({ queryKey: activityKey }), DELAY);
    return watchRoom("activity_log", resourceSchemas.activity_log, {
      onLive: () => {},
      onChange: readAgain,
      onGap: readAgain,
    });
  }, [client]);
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
  const query = new URLSearchParams(address);
  query.set(address.has("before") ? "last" : "first", String(PER_PAGE));
  return { address, query, set };
}

function Filters({ address, set }: Pick<ReturnType<typeof useQueryInAddress>, "address" | "set">) {
  const [search, setSearch] = useState(address.get("search") ?? "");
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
          onBlur={() => search !== (address.get("search") ?? "") && set({ search })}
          w={300}
        />
      </form>
      <MultiSelect
        label="Severity"
        placeholder={address.has("severity") ? "" : "all"}
        data={severitySchema.options}
        value={address.getAll("severity")}
        onChange={(severity) => set({ severity })}
        clearable
        w={260}
      />
      <TextInput
        label="From"
        type="datetime-local"
        value={address.get("from_date") ?? ""}
        onChange={(event) => set({ from_date: event.currentTarget.value })}
      />
      <TextInput
        label="To"
        type="datetime-local"
        value={address.get("to_date") ?? ""}
        onChange={(event) => set({ to_date: event.currentTarget.value })}
      />
    </Group>
  );
}

export function ActivityPage() {
  const { address, query, set } = useQueryInAddress();
  // The address has the reader's own time, the API takes any that is said with its zone.
  for (const name of ["from_date", "to_date"]) {
    const local = query.get(name);
    if (local !== null) query.set(name, new Date(local).toISOString());
  }
  useNewEntries();
  const { data, error, refetch } = useActivity(query);
  const pagination = data?.pagination;
  return (
    <Page title="Activity log">
      <Filters address={address} set={set} />
      {error !== null ? (
        <LoadingFailed error={error} onRetry={refetch} />
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
