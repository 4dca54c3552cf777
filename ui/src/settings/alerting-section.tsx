/** Settings: alerts by mail. */
import {
  Alert,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { type AlertingSettings, smtpSecuritySchema } from "../../../domain/alerts/settings.ts";
import {
  type AlertingChange,
  type ShownAlertingSettings,
  useAlerting,
  useSaveAlertingSettings,
  useTestMail,
} from "../api/alerting.ts";
import { Section } from "../detail/section.tsx";
import { NotRead } from "../shell/page.tsx";
import { Mails } from "./mails.tsx";

const fresh: AlertingSettings = {
  enabled: true,
  sender_email: "",
  recipient_email: "",
  smtp_server: "",
  smtp_port: 587,
  smtp_username: "",
  smtp_security: "auto",
  recovery: true,
  quiet_hours: null,
};

const securities = [
  { value: "auto", label: "As the port and the password ask for" },
  { value: "if_available", label: "TLS where the server offers it" },
  { value: "starttls", label: "STARTTLS, always" },
  { value: "implicit", label: "TLS from the begin" },
  { value: "none", label: "None" },
];

function QuietHours({
  value,
  onChange,
}: {
  readonly value: AlertingSettings["quiet_hours"];
  readonly onChange: (value: AlertingSettings["quiet_hours"]) => void;
}) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Group align="flex-end">
      <Switch
        label="Quiet hours"
        checked={value !== null}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? { from: "22:00", to: "06:00", time_zone: own } : null)
        }
        pb={8}
      />
      {value !== null && (
        <>
          <TextInput
            label="From"
            type="time"
            value={value.from}
            onChange={(event) => onChange({ ...value, from: event.currentTarget.value })}
          />
          <TextInput
            label="To"
            type="time"
            value={value.to}
            onChange={(event) => onChange({ ...value, to: event.currentTarget.value })}
          />
          <TextInput
            label="Time zone"
            value={value.time_zone}
            onChange={(event) => onChange({ ...value, time_zone: event.currentTarget.value })}
          />
        </>
      )}
    </Group>
  );
}

function Form({ stored }: { readonly stored: ShownAlertingSettings | null }) {
  const { enforced_from_env: isEnforced, ...initial } = stored ?? { ...fresh, enforced_from_env: false };
  const [settings, setSettings] = useState<AlertingSettings>(initial);
  const [password, setPassword] = useState<string | null>(stored === null ? "" : null);
  const save = useSaveAlertingSettings(stored === null);
  const test = useTestMail();
  const set = (change: AlertingChange) => setSettings((before) => ({ ...before, ...change }));
  const text = (name: "sender_email" | "recipient_email" | "smtp_server" | "smtp_username") => ({
    value: settings[name],
    disabled: isEnforced,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const change = { ...settings, ...(password === null ? {} : { smtp_password: password }) };
        save.mutate(change, { onSuccess: () => setPassword(null) });
      }}
    >
      <Stack>
        {isEnforced && (
          <Text size="sm" c="dimmed">
            They are set by the environment of the server, and can be changed there alone.
          </Text>
        )}
        <Switch
          label="Send alerts by mail"
          checked={settings.enabled}
          disabled={isEnforced}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <TextInput label="Sender" type="email" required {...text("sender_email")} />
          <TextInput label="Recipient" type="email" required {...text("recipient_email")} />
          <TextInput
            label="Mail server"
            placeholder="mail.example.com"
            description="Empty where the platform's own mail is used"
            {...text("smtp_server")}
          />
          <NumberInput
            label="Port"
            description="587 for STARTTLS, 465 for TLS from the begin"
            min={1}
            max={65_535}
            allowDecimal={false}
            value={settings.smtp_port}
            disabled={isEnforced}
            onChange={(value) => set({ smtp_port: Number(value) })}
          />
          <TextInput label="Username" autoComplete="off" {...text("smtp_username")} />
          <PasswordInput
            label="Mail password"
            placeholder={password === null ? "as it is stored" : ""}
            autoComplete="new-password"
            disabled={isEnforced}
            value={password ?? ""}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Select
            label="Encryption"
            data={securities}
            allowDeselect={false}
            disabled={isEnforced}
            value={settings.smtp_security}
            onChange={(value) => set({ smtp_security: smtpSecuritySchema.parse(value) })}
          />
        </SimpleGrid>
        <Switch
          label="Tell when something is well again, too"
          checked={settings.recovery}
          disabled={isEnforced}
          onChange={(event) => set({ recovery: event.currentTarget.checked })}
        />
        {!isEnforced && (
          <QuietHours value={settings.quiet_hours} onChange={(quiet_hours) => set({ quiet_hours })} />
        )}
        <Group>
          {!isEnforced && (
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          )}
          {stored !== null && (
            <Button variant="light" loading={test.isPending} onClick={() => test.mutate()}>
              Send a test mail
            </Button>
          )}
          {save.isSuccess && <Text size="sm">Saved.</Text>}
          {test.isSuccess && <Text size="sm">The mail server took it.</Text>}
        </Group>
        {[save.error, test.error].map((error) =>
          error === null ? null : (
            <Alert color="red" role="alert" key={error.message}>
              {error.message}
            </Alert>
          ),
        )}
      </Stack>
    </form>
  );
}

export function AlertingSection() {
  const { data, error, refetch } = useAlerting();
  return (
    <Section title="Alerts by mail">
      {data === undefined ? <NotRead error={error} onRetry={refetch} /> : <Form stored={data.settings} />}
      {data !== undefined && data.mails.length > 0 && <Mails mails={data.mails} />}
    </Section>
  );
}
