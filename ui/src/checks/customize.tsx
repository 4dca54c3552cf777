/** Sets the values of a check for one cluster or host. */
import {
  Alert,
  Badge,
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { type CustomValue, type SelectableCheck, useCustomize } from "../api/checks.ts";
import { InlineCode } from "./markdown.tsx";

type Value = CustomValue["value"];
type Customizable = SelectableCheck["values"][number];

function isSettable(value: unknown): value is Value {
  return ["string", "number", "boolean"].includes(typeof value);
}

interface InputProps {
  readonly value: Customizable;
  readonly current: Value;
  readonly onChange: (value: Value) => void;
}

/** What is said of a value besides its name: what it is here without being set, and elsewhere. */
function descriptionOf({ default_value, environment_value }: Customizable): string {
  if (environment_value === default_value) return `default: ${default_value}`;
  return `here without being set: ${environment_value} (default: ${default_value})`;
}

/** The type is that of the default. */
function ValueInput({ value, current, onChange }: InputProps) {
  const { name, default_value } = value;
  const description = descriptionOf(value);
  if (typeof default_value === "number")
    return (
      <NumberInput
        label={name}
        description={description}
        allowDecimal={false}
        value={Number(current)}
        onChange={(value) => onChange(Number(value))}
      />
    );
  if (typeof default_value === "boolean")
    return (
      <Select
        label={name}
        description={description}
        data={["true", "false"]}
        allowDeselect={false}
        value={String(current)}
        onChange={(value) => onChange(value === "true")}
      />
    );
  return (
    <TextInput
      label={name}
      description={description}
      value={String(current)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function Dialog({
  groupId,
  check,
  onClose,
}: {
  readonly groupId: string;
  readonly check: SelectableCheck;
  readonly onClose: () => void;
}) {
  const customize = useCustomize(groupId, check.id);
  const values = check.values.filter(
    ({ customizable, default_value }) => customizable && isSettable(default_value),
  );
  const [set, setSet] = useState<Readonly<Record<string, Value>>>(() =>
    Object.fromEntries(
      values.flatMap(({ name, custom_value, environment_value }) => {
        const value = custom_value ?? environment_value;
        return isSettable(value) ? [[name, value]] : [];
      }),
    ),
  );
  const save = () => {
    // What is as the check has it here is not set: the check may have another value elsewhere, or in time.
    const changed = values.filter(({ name, environment_value }) => set[name] !== environment_value);
    const own = changed.flatMap(({ name }): CustomValue[] => {
      const value = set[name];
      return value === undefined ? [] : [{ name, value }];
    });
    if (own.length === 0 && !check.customized) return onClose();
    customize.mutate(own.length === 0 ? null : own, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={`Values of ${check.id}`} centered>
      <Stack>
        <Text size="sm">
          <InlineCode text={check.name} />
        </Text>
        <Text size="sm" c="dimmed">
          What stands here is in force now. What you set is for this target alone.
        </Text>
        {values.map((value) => {
          const current = set[value.name];
          return current === undefined ? null : (
            <ValueInput
              key={value.name}
              value={value}
              current={current}
              onChange={(next) => setSet((before) => ({ ...before, [value.name]: next }))}
            />
          );
        })}
        {customize.error !== null && (
          <Alert color="red" role="alert">
            {customize.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          {check.customized && (
            <Button
              variant="subtle"
              color="red"
              onClick={() => customize.mutate(null, { onSuccess: onClose })}
            >
              Reset
            </Button>
          )}
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button loading={customize.isPending} onClick={save}>
            Set
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

export function Customize({ groupId, check }: { readonly groupId: string; readonly check: SelectableCheck }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <Group gap="xs" wrap="nowrap">
      {check.customized && (
        <Badge variant="light" color="grape" className="legible">
          customised
        </Badge>
      )}
      <Button size="compact-sm" variant="subtle" onClick={open} aria-label={`Values of ${check.id}`}>
        Values
      </Button>
      {opened && <Dialog groupId={groupId} check={check} onClose={close} />}
    </Group>
  );
}
