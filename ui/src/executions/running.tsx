/** How far a running execution is: who has answered, and who has not. It takes no room of its own: nothing below moves. */
import { Group, Progress, Stack, Text } from "@mantine/core";
import { useProgress } from "../api/executions.ts";
import { useHostnames } from "../checks/target-of.ts";

export function Running({ groupId }: { readonly groupId: string }) {
  const progress = useProgress(groupId);
  const nameOf = useHostnames();
  if (progress?.status !== "running") return null;
  const { targets, answered } = progress;
  const waiting = targets.filter(({ agent_id }) => !answered.includes(agent_id));
  return (
    <Stack gap={2} role="status" miw={240}>
      <Group gap="sm" wrap="nowrap">
        <Progress
          value={(100 * answered.length) / Math.max(targets.length, 1)}
          w={100}
          aria-label="Hosts that have answered"
        />
        <Text size="sm">
          {answered.length} of {targets.length} hosts have answered
        </Text>
      </Group>
      {waiting.length > 0 && (
        <Text size="xs" c="dimmed" lineClamp={1} className="long">
          Still to answer: {waiting.map(({ agent_id }) => nameOf(agent_id)).join(", ")}
        </Text>
      )}
    </Stack>
  );
}
