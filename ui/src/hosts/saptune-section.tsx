/** How a host is tuned for SAP. */
import { Badge, Group, Text } from "@mantine/core";
import type { HostView } from "../../../domain/host/view.ts";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";

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

export function SaptuneSection({ host }: { readonly host: HostView }) {
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
              <Badge key="tuning" variant="light" className="legible" color={tuningColors[tuning] ?? "gray"}>
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
