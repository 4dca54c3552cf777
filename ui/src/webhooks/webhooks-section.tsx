/** Settings: webhooks. */
import { Anchor, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Link } from "react-router";
import { type Endpoint, useEndpoints } from "../api/webhooks.ts";
import { Section } from "../detail/section.tsx";
import { NotRead } from "../shell/page.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { NewEndpointDialog } from "./endpoint-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

export function EndpointStatus({ enabled, disabled_reason }: Endpoint) {
  return (
    <>
      <Badge
        color={enabled ? "teal" : disabled_reason === null ? "gray" : "red"}
        variant="light"
        className="legible"
      >
        {enabled ? "enabled" : "disabled"}
      </Badge>
      {disabled_reason !== null && (
        <Text size="xs" c="dimmed">
          {disabled_reason}
        </Text>
      )}
    </>
  );
}

const columns: Column<Endpoint>[] = [
  {
    id: "webhook",
    heading: "Webhook",
    cell: ({ id, description, url }) => (
      <Stack gap={0}>
        <Anchor component={Link} to={`/settings/webhooks/${id}`} size="sm">
          {description || url}
        </Anchor>
        {description !== "" && (
          <Text size="xs" c="dimmed" className="long">
            {url}
          </Text>
        )}
      </Stack>
    ),
  },
  { id: "events", heading: "Events", cell: ({ event_types }) => event_types.join(", ") },
  {
    id: "signature",
    heading: "Signed with",
    cell: ({ signature }) => (signature === "hmac" ? "HMAC-SHA256" : "ed25519"),
  },
  { id: "status", heading: "Status", cell: (endpoint) => <EndpointStatus {...endpoint} /> },
];

export function WebhooksSection() {
  const { data: endpoints, error, refetch } = useEndpoints();
  const [opened, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Section title="Webhooks">
      <Text size="sm" c="dimmed">
        Other software is told of events the moment they happen, signed, and again until it has taken them.
      </Text>
      {endpoints === undefined ? (
        <NotRead error={error} onRetry={refetch} />
      ) : (
        <PlainTable
          label="Webhooks"
          columns={columns}
          rows={endpoints}
          keyOf={({ id }) => id}
          empty="There are no webhooks yet."
        />
      )}
      <Group>
        <Button onClick={open}>New webhook</Button>
      </Group>
      {opened && <NewEndpointDialog opened onClose={close} onSecret={setSecret} />}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </Section>
  );
}
