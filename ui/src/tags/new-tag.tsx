/** Asks for a new tag, beside those that are there. */
import { ActionIcon, Popover, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useAddTag } from "../api/tags.ts";
import { PlusIcon } from "../shell/icons.tsx";
import type { TaggedProps } from "./tags.tsx";

export function NewTag({ resources, id, name }: TaggedProps) {
  const [opened, { toggle, close }] = useDisclosure();
  const [value, setValue] = useState("");
  const add = useAddTag(resources, id);

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
          aria-label={`Add a tag to ${name}`}
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
