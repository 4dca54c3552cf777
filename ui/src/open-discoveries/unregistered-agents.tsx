/** Agents that report, and whose hosts are in no list, as their registration is refused. */
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { AgentView } from "../../../domain/agent/view.ts";
import { useAgents, useDismissal } from "../api/agents.ts";
import { useHosts } from "../api/hosts.ts";
import { WarningIcon } from "../shell/icons.tsx";
import { time } from "../status/time.ts";
import { Issues } from "./open-discoveries.tsx";
import { subjectOf, unregistered, wordings } from "./open-on.ts";

function UnregisteredAgent({ agent }: { readonly agent: AgentView }) {
  const dismissal = useDismissal(agent.id);
  const name = agent.hostname ?? `An agent with id ${agent.id}`;
  return (
    <Alert
      color="red"
      role="status"
      icon={<WarningIcon size={20} />}
      classNames={{ title: "legible" }}
      title={`${name} reports, and is not registered`}
      data-agent={agent.id}
    >
      <Stack gap="xs" align="flex-start">
        {agent.open_discoveries.map(({ discovery_type, state, since, issues }) => (
          <Stack gap={4} key={discovery_type}>
            <Text size="sm">
              What it reports of {subjectOf(discovery_type)} {wordings[state].long} since {time(since)}:
            </Text>
            <Issues issues={issues} />
          </Stack>
        ))}
        <Group gap="sm">
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            loading={dismissal.isPending}
            onClick={() => dismissal.mutate()}
            aria-label={`Dismiss ${name}`}
          >
            Dismiss
          </Button>
          {dismissal.error !== null && (
            <Text size="sm" role="alert">
              {dismissal.error.message}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

export function UnregisteredAgents() {
  const { data: agents } = useAgents();
  const { data: hosts } = useHosts();
  if (agents === undefined || hosts === undefined) return null;
  const found = unregistered(agents, hosts);
  if (found.length === 0) return null;
  return (
    <Stack gap="xs">
      {found.map((agent) => (
        <UnregisteredAgent key={agent.id} agent={agent} />
      ))}
    </Stack>
  );
}
