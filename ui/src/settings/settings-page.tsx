/** Settings: the key with which agents come in. */
import { Button, Code, CopyButton, Group, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useApiKey, useRotateApiKey } from "../api/settings.ts";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { Confirmation } from "../shell/confirmation.tsx";
import { NotRead, Page } from "../shell/page.tsx";
import { time } from "../status/time.ts";
import { WebhooksSection } from "../webhooks/webhooks-section.tsx";
import { ActivityLogSection } from "./activity-log-section.tsx";
import { AlertingSection } from "./alerting-section.tsx";
import { RelaysSection } from "./relays-section.tsx";

const DAY = 86_400_000;
const lives = [
  { value: "0", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
];

function Rotation() {
  const [opened, { open, close }] = useDisclosure();
  const [days, setDays] = useState("0");
  const rotate = useRotateApiKey();
  const end = () => (days === "0" ? null : new Date(Date.now() + Number(days) * DAY).toISOString());
  return (
    <>
      <Button variant="light" onClick={open}>
        New key
      </Button>
      <Confirmation
        title="Issue a new key?"
        text="The present key is revoked: agents report again once they have the new one."
        action="Revoke and issue"
        opened={opened}
        busy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate(end(), { onSuccess: close })}
        onClose={close}
      >
        <Select
          label="The new key ends"
          data={lives}
          value={days}
          onChange={(value) => setDays(value ?? "0")}
          allowDeselect={false}
        />
      </Confirmation>
    </>
  );
}

export function SettingsPage() {
  const { data: key, error, refetch } = useApiKey();
  if (key === undefined) return <NotRead title="Settings" error={error} onRetry={refetch} />;
  return (
    <Page title="Settings">
      <Section title="API key of the agents">
        <Code block style={{ whiteSpace: "pre-wrap" }}>
          {key.generated_api_key}
        </Code>
        <Facts
          facts={[
            ["Issued", time(key.created_at)],
            ["Ends", key.expire_at === null ? "never" : time(key.expire_at)],
          ]}
        />
        <Group>
          <CopyButton value={key.generated_api_key}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>}
          </CopyButton>
          <Rotation />
        </Group>
      </Section>
      <AlertingSection />
      <WebhooksSection />
      <RelaysSection />
      <ActivityLogSection />
    </Page>
  );
}
