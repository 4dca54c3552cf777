/** Tags of a host, to add and to remove in place. */
import { ActionIcon, Group, Pill, Popover, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import type { HostView } from "../../../domain/host/view.ts";
import { useAddTag, useRemoveTag } from "../api/hosts.ts";
import { PlusIcon } from "../shell/icons.tsx";

function NewTag({ host }: { readonly host: HostView }) {
  const [opened, { toggle, close }] = useDisclosure();
  const [value, setValue] = useState("");
  const add = useAddTag(host.id);

  function submit(event: FormEvent) {
    event.preventDefault();
    add.mutate(value, {
      onSuccess: () => {
        setValue("");
        close();
      },
    });
  }

  return (
    <Popover opened={opened} onChange={close} trapFocus withArrow>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          onClick={toggle}
          aria-label={`Add a tag to ${host.hostname}`}
        >
          <PlusIcon />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <TextInput
            aria-label="New tag"
            placeholder="New tag, then Enter"
            size="xs"
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            error={add.error?.message}
            data-autofocus
          />
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

export function Tags({ host }: { readonly host: HostView }) {
  const remove = useRemoveTag(host.id);
  return (
    <Group gap={4}>
      {host.tags.map(({ value }) => (
        <Pill
          key={value}
          size="sm"
          withRemoveButton
          onRemove={() => remove.mutate(value)}
          removeButtonProps={{ "aria-label": `Remove the tag ${value}`, "aria-hidden": false, tabIndex: 0 }}
        >
          {value}
        </Pill>
      ))}
      <NewTag host={host} />
    </Group>
  );
}
