/** How far a running execution is: who has answered, and who has not. */
import { Alert, Group, Progress, Stack, Text } from "@mantine/core";
import { useProgress } from "../api/executions.ts";
import { useHostnames } from "../checks/target-of.ts";

export function Running({ groupId }: { readonly groupId: string }) {
  const progress = useProgress(groupId);
  const nameOf = useHostnames();
  if (progress?.status !== "running") return null;
  const { targets, answered } = progress;
  const waiting = targets.filter(({ agent_id }) => !answered.includes(agent_id));
  return (
    <Alert color="cyan" title="Checks are running" role="status">
      <Stack gap="xs">
        <Group gap="sm">
          <Progress
            value={(100 * answered.length) / Math.max(targets.length, 1)}
            flex={1}
            aria-label="Hosts that have answered"
          />
          <Text size="sm">
            {answered.length} of {targets.length} hosts have answered
          </Text>
        </Group>
        {waiting.length > 0 && waiting.length <= 10 && (
          <Text size="sm" c="dimmed">
            Still to answer: {waiting.map(({ agent_id }) => nameOf(agent_id)).join(", ")}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
