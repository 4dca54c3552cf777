/** Sets up an endpoint, or changes one. */
import { Alert, Button, Group, Modal, Select, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { type Endpoint, type EndpointSettings, useAddEndpoint, useChangeEndpoint } from "../api/webhooks.ts";

const fresh: EndpointSettings = {
  url: "",
  description: "",
  event_types: ["*"],
  enabled: true,
  signature: "hmac",
};

/** What people want most. */
const suggestions = [
  "*",
  "*_health_changed",
  "heartbeat_failed",
  "heartbeat_succeeded",
  "execution_completed",
  "host_*",
  "cluster_*",
  "database_*",
  "sap_system_*",
];

const signatures = [
  { value: "hmac", label: "A shared secret (HMAC-SHA256)" },
  { value: "ed25519", label: "A public key (ed25519)" },
];

interface FormProps {
  readonly initial: EndpointSettings;
  readonly isNew: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onSave: (settings: EndpointSettings) => void;
  readonly onClose: () => void;
}

function Form({ initial, isNew, busy, error, onSave, onClose }: FormProps) {
  const [settings, setSettings] = useState(initial);
  const set = (changes: Partial<EndpointSettings>) => setSettings((before) => ({ ...before, ...changes }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(settings);
      }}
    >
      <Stack>
        <TextInput
          label="URL"
          placeholder="https://example.com/hooks/trento"
          required
          data-autofocus
          value={settings.url}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
        <TextInput
          label="Description"
          value={settings.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <TagsInput
          label="Events"
          description="Types of events; * stands for any part of one"
          data={suggestions}
          value={settings.event_types}
          onChange={(event_types) => set({ event_types })}
        />
        {isNew && (
          <Select
            label="Signed with"
            data={signatures}
            allowDeselect={false}
            value={settings.signature}
            onChange={(value) => set({ signature: value === "ed25519" ? "ed25519" : "hmac" })}
          />
        )}
        <Switch
          label="Enabled"
          checked={settings.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        {error !== null && (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            {isNew ? "Add" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface NewEndpointProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

export function NewEndpointDialog({ opened, onClose, onSecret }: NewEndpointProps) {
  const add = useAddEndpoint();
  return (
    <Modal opened={opened} onClose={onClose} title="New webhook" centered>
      <Form
        initial={fresh}
        isNew
        busy={add.isPending}
        error={add.error}
        onSave={(settings) =>
          add.mutate(settings, {
            onSuccess: (secret) => {
              onClose();
              onSecret(secret);
            },
          })
        }
        onClose={onClose}
      />
    </Modal>
  );
}

interface EditEndpointProps {
  readonly endpoint: Endpoint;
  readonly onClose: () => void;
}

export function EditEndpointDialog({ endpoint, onClose }: EditEndpointProps) {
  const change = useChangeEndpoint(endpoint.id);
  return (
    <Modal opened onClose={onClose} title="Webhook" centered>
      <Form
        initial={endpoint}
        isNew={false}
        busy={change.isPending}
        error={change.error}
        onSave={({ url, description, event_types, enabled }) =>
          change.mutate({ url, description, event_types, enabled }, { onSuccess: onClose })
        }
        onClose={onClose}
      />
    </Modal>
  );
}
