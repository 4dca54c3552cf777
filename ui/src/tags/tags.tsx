/** Tags of a resource, to add and to remove in place. */
import { Group, Pill, Text } from "@mantine/core";
import type { Tag } from "../../../domain/tag.ts";
import type { Topic } from "../../../party/messages.ts";
import { useRemoveTag } from "../api/tags.ts";
import { NewTag } from "./new-tag.tsx";

export interface TaggedProps {
  readonly resources: Topic;
  readonly id: string;
  /** What the resource is called, for those who do not see which one it stands beside. */
  readonly name: string;
}

interface TagsProps extends TaggedProps {
  readonly tags: readonly Tag[];
}

export function Tags({ resources, id, name, tags }: TagsProps) {
  const remove = useRemoveTag(resources, id);
  const isStillThere = tags.some(({ value }) => value === remove.variables);
  return (
    <Group gap={4}>
      {tags.map(({ value }) => (
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
      <NewTag resources={resources} id={id} name={name} />
      {remove.error !== null && isStillThere && (
        <Text size="xs" c="red" className="long" role="alert">
          {remove.variables} could not be removed: {remove.error.message}
        </Text>
      )}
    </Group>
  );
}
