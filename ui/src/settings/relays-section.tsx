/** Settings: relays, and whether they are there. */
import { Badge, Text } from "@mantine/core";
import type { RelayView } from "../../../domain/relay-view.ts";
import { useRelays, useRemoveRelay } from "../api/relays.ts";
import { Section } from "../detail/section.tsx";
import { NotRead } from "../shell/page.tsx";
import { RemoveButton } from "../shell/remove-button.tsx";
import { time } from "../status/time.ts";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";

function Remove({ name }: RelayView) {
  const text = "What waits for its broker is dropped. A relay that still runs comes back by itself.";
  return <RemoveButton name={name} text={text} remove={useRemoveRelay()} />;
}

const brokers = { ok: "connected", away: "away", blocked: "takes no messages", none: "none" } as const;

const columns: Column<RelayView>[] = [
  { id: "name", heading: "Relay", cell: ({ name }) => name },
  {
    id: "status",
    heading: "Status",
    cell: ({ name, connected }) => (
      <Badge color={connected ? "teal" : "red"} variant="light" className="legible" data-relay={name}>
        {connected ? "connected" : "away"}
      </Badge>
    ),
  },
  {
    id: "broker",
    heading: "Broker",
    cell: ({ broker, broker_detail }) =>
      broker !== null && (
        <Badge
          color={broker === "ok" || broker === "none" ? "teal" : "red"}
          variant="light"
          className="legible"
          title={broker_detail ?? ""}
        >
          {brokers[broker]}
        </Badge>
      ),
  },
  { id: "since", heading: "Came last", cell: ({ connected_at }) => time(connected_at) },
  { id: "waiting", heading: "Messages that wait", cell: ({ waiting }) => waiting },
  { id: "actions", heading: "", cell: (relay) => <Remove {...relay} /> },
];

export function RelaysSection() {
  const { data: relays, error, refetch } = useRelays();
  return (
    <Section title="Relays">
      <Text size="sm" c="dimmed">
        A relay in your network brings agents and RabbitMQ to this control plane.
      </Text>
      {relays === undefined ? (
        <NotRead error={error} onRetry={refetch} />
      ) : (
        <PlainTable
          label="Relays"
          columns={columns}
          rows={relays}
          keyOf={({ name }) => name}
          empty="No relay with a broker has come yet."
        />
      )}
    </Section>
  );
}
