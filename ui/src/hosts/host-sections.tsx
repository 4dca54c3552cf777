/** What is known of one host, by subject. */
import { Badge, Group, Table, Text } from "@mantine/core";
import type { HostView } from "../../../domain/host/view.ts";
import { Facts, Section } from "./facts.tsx";

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
        facts={[["Provider", host.provider], ...data.map(([key, value]) => [label(key), value] as const)]}
      />
    </Section>
  );
}

function Notes({ notes }: { readonly notes: readonly { id: string; additionally_enabled: boolean }[] }) {
  if (notes.length === 0) return "–";
  return (
    <Group gap={4}>
      {notes.map(({ id, additionally_enabled }) => (
        <Badge key={id} variant={additionally_enabled ? "outline" : "light"} color="gray">
          {id}
        </Badge>
      ))}
    </Group>
  );
}

const tuningColors: Readonly<Record<string, string>> = {
  compliant: "teal",
  "not compliant": "red",
  "not tuned": "yellow",
};

export function SaptuneSection({ host }: OfHost) {
  const status = host.saptune_status;
  if (status === null) {
    return (
      <Section title="saptune">
        <Text size="sm" c="dimmed">
          saptune is not installed, or has not been seen yet.
        </Text>
      </Section>
    );
  }
  const solution = status.enabled_solution;
  const tuning = status.tuning_state;
  const services = status.services.map(({ name, enabled, active }) => [
    name,
    enabled === null ? "not there" : `${enabled}, ${active ?? "unknown"}`,
  ]);
  return (
    <Section title="saptune">
      <Facts
        facts={[
          ["Package version", status.package_version],
          ["Configured version", status.configured_version],
          [
            "Tuning",
            tuning === null ? null : (
              <Badge key="tuning" color={tuningColors[tuning] ?? "gray"}>
                {tuning}
              </Badge>
            ),
          ],
          ["Enabled solution", solution === null ? null : solution.id],
          ["Enabled notes", <Notes key="enabled" notes={status.enabled_notes} />],
          ["Applied notes", <Notes key="applied" notes={status.applied_notes} />],
          ["Staging", status.staging?.enabled ? "on" : "off"],
          ...services.map(([name, text]) => [`Service ${name}`, text] as const),
        ]}
      />
    </Section>
  );
}

export function SubscriptionsSection({ host }: OfHost) {
  return (
    <Section title="Subscriptions">
      {host.sles_subscriptions.length === 0 ? (
        <Text size="sm" c="dimmed">
          None has been seen.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={700}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {["Product", "Version", "Arch", "Status", "Subscription", "Type", "Starts", "Expires"].map(
                  (name) => (
                    <Table.Th key={name}>{name}</Table.Th>
                  ),
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {host.sles_subscriptions.map((one) => (
                <Table.Tr key={one.identifier}>
                  <Table.Td>{one.identifier}</Table.Td>
                  <Table.Td>{one.version}</Table.Td>
                  <Table.Td>{one.arch}</Table.Td>
                  <Table.Td>{one.status}</Table.Td>
                  <Table.Td>{one.subscription_status}</Table.Td>
                  <Table.Td>{one.type}</Table.Td>
                  <Table.Td>{one.starts_at}</Table.Td>
                  <Table.Td>{one.expires_at}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
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
