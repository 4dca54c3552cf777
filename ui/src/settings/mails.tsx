/** What became of alerting mails. */
import { Badge, Button, Group, Text } from "@mantine/core";
import { type AlertingMail, useRemoveMail, useRetryMail } from "../api/alerting.ts";
import { time } from "../status/time.ts";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";

/** Mails that are shown at once. */
const SHOWN = 20;
const colors = { sent: "teal", waiting: "yellow", parked: "red" } as const;

function Actions({ id, subject }: AlertingMail) {
  const retry = useRetryMail();
  const remove = useRemoveMail();
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="subtle"
        loading={retry.isPending}
        onClick={() => retry.mutate(id)}
        aria-label={`Send ${subject} now`}
      >
        Send now
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        loading={remove.isPending}
        onClick={() => remove.mutate(id)}
        aria-label={`Remove ${subject}`}
      >
        Remove
      </Button>
    </Group>
  );
}

const columns: Column<AlertingMail>[] = [
  { id: "time", heading: "Time", cell: ({ created_at }) => time(created_at) },
  { id: "subject", heading: "Subject", cell: ({ subject }) => subject },
  {
    id: "status",
    heading: "Status",
    cell: ({ status, error, next_attempt_at }) => (
      <>
        <Badge color={colors[status]} variant="light" className="legible" data-mail={status}>
          {status}
        </Badge>
        {error !== null && (
          <Text size="xs" c="dimmed" className="long">
            {error}
            {next_attempt_at !== null && `, next attempt ${time(next_attempt_at)}`}
          </Text>
        )}
      </>
    ),
  },
  { id: "actions", heading: "", cell: (mail) => (mail.status === "sent" ? null : <Actions {...mail} />) },
];

export function Mails({ mails }: { readonly mails: readonly AlertingMail[] }) {
  return (
    <PlainTable
      label="Mails"
      columns={columns}
      rows={mails.slice(0, SHOWN)}
      keyOf={({ id }) => id}
      empty="No mail was sent yet."
    />
  );
}
