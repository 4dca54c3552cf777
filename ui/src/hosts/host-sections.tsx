/** What is known of one host, by subject. */
import { Text } from "@mantine/core";
import type { HostView } from "../../../domain/host/view.ts";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { providerInWords } from "./provider-words.ts";

interface OfHost {
  readonly host: HostView;
}

/** `data_disk_number` is "Data disk number". */
function label(key: string): string {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function ProviderSection({ host }: OfHost) {
  const data = Object.entries(host.provider_data ?? {});
  return (
    <Section title="Provider">
      <Facts
        facts={[
          ["Provider", providerInWords(host.provider)],
          ...data.map(([key, value]) => [label(key), value] as const),
        ]}
      />
    </Section>
  );
}

type Subscription = HostView["sles_subscriptions"][number];

const subscriptionColumns: readonly Column<Subscription>[] = [
  { id: "product", heading: "Product", cell: ({ identifier }) => identifier },
  { id: "version", heading: "Version", cell: ({ version }) => version },
  { id: "arch", heading: "Arch", cell: ({ arch }) => arch },
  { id: "status", heading: "Status", cell: ({ status }) => status },
  { id: "subscription", heading: "Subscription", cell: ({ subscription_status }) => subscription_status },
  { id: "type", heading: "Type", cell: ({ type }) => type },
  { id: "starts", heading: "Starts", cell: ({ starts_at }) => starts_at },
  { id: "expires", heading: "Expires", cell: ({ expires_at }) => expires_at },
];

export function SubscriptionsSection({ host }: OfHost) {
  return (
    <Section title="Subscriptions">
      <PlainTable
        label="Subscriptions"
        columns={subscriptionColumns}
        rows={host.sles_subscriptions}
        keyOf={({ identifier }) => identifier}
        empty="None has been seen."
      />
    </Section>
  );
}

export function UnitsSection({ host }: OfHost) {
  return (
    <Section title="systemd units">
      <Facts
        facts={host.systemd_units.map(({ name, unit_file_state }) => [name, unit_file_state] as const)}
      />
      {host.systemd_units.length === 0 && (
        <Text size="sm" c="dimmed">
          None has been seen.
        </Text>
      )}
    </Section>
  );
}
