/** What an endpoint was told, with every attempt. */
import { Badge, Button, Code, Group, Stack, Text } from "@mantine/core";
import { type Delivery, useDelivery, useReplay } from "../api/webhooks.ts";
import { NotRead } from "../shell/page.tsx";
import { time } from "../status/time.ts";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";

const colors = { waiting: "yellow", delivered: "teal", failed: "red" } as const;

interface OneProps {
  readonly endpointId: string;
  readonly delivery: Delivery;
}

function Replay({ endpointId, delivery }: OneProps) {
  const replay = useReplay(endpointId, delivery.id);
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={replay.isPending}
      onClick={() => replay.mutate()}
      aria-label={`Send ${delivery.type} again`}
    >
      Send again
    </Button>
  );
}

type Try = { readonly status: number | null; readonly error: string | null; readonly duration: number };

function inWords({ status, error, duration }: Try): string {
  return `${error ?? `taken with ${status}`}, after ${Math.round(duration)} ms`;
}

function Details({ endpointId, delivery }: OneProps) {
  const { data, error, refetch } = useDelivery(endpointId, delivery.id);
  if (data === undefined) return <NotRead error={error} onRetry={refetch} />;
  return (
    <Stack gap="xs">
      {data.tries.map((one) => (
        <Text size="sm" key={one.at} className="long">
          {time(one.at)}: {inWords(one)}
        </Text>
      ))}
      <Code block mah={320}>
        {JSON.stringify(JSON.parse(data.body), null, 2)}
      </Code>
    </Stack>
  );
}

interface DeliveriesProps {
  readonly endpointId: string;
  readonly deliveries: readonly Delivery[];
}

export function Deliveries({ endpointId, deliveries }: DeliveriesProps) {
  const columns: Column<Delivery>[] = [
    { id: "time", heading: "Time", cell: ({ created_at }) => time(created_at) },
    { id: "type", heading: "Event", cell: ({ type }) => <Code>{type}</Code> },
    {
      id: "status",
      heading: "Status",
      cell: ({ status, next_attempt_at }) => (
        <Group gap="xs">
          <Badge color={colors[status]} variant="light" className="legible" data-delivery={status}>
            {status}
          </Badge>
          {next_attempt_at !== null && (
            <Text size="xs" c="dimmed">
              next attempt {time(next_attempt_at)}
            </Text>
          )}
        </Group>
      ),
    },
    { id: "attempts", heading: "Attempts", cell: ({ attempts }) => attempts },
    {
      id: "actions",
      heading: "",
      cell: (delivery) => <Replay endpointId={endpointId} delivery={delivery} />,
    },
  ];
  return (
    <PlainTable
      label="Deliveries"
      columns={columns}
      rows={deliveries}
      keyOf={({ id }) => id}
      empty="Nothing was delivered yet."
      more={{
        labelOf: ({ type }) => `Show ${type}`,
        show: (delivery) => <Details endpointId={endpointId} delivery={delivery} />,
      }}
    />
  );
}
