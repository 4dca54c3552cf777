/** Tells that what an agent reports is refused, or waits, where people look for what it reports. */
import { Alert, Badge, Code, List, Stack, Text } from "@mantine/core";
import { useAgents } from "../api/agents.ts";
import { HostLink } from "../links/host-link.tsx";
import { WarningIcon } from "../shell/icons.tsx";
import { shortTime, time } from "../status/time.ts";
import { type Concerning, type OpenOnHost, oldest, openOn, subjectOf } from "./open-on.ts";

interface OpenProps {
  readonly hostIds: Iterable<string>;
  readonly of: Concerning;
}

function useOpen({ hostIds, of }: OpenProps): readonly OpenOnHost[] {
  const { data: agents } = useAgents();
  return openOn(agents ?? [], hostIds, of);
}

/** Beside one thing of several. */
export function OpenMarker(props: OpenProps) {
  const open = useOpen(props);
  const refused = open.filter(({ state }) => state === "refused");
  const first = oldest(refused.length > 0 ? refused : open);
  if (first === undefined) return null;
  const reasons = open.flatMap(({ issues }) =>
    issues.map(({ field, message }) => `${field ?? ""} ${message}`),
  );
  return (
    <Badge
      color={first.state === "refused" ? "red" : "orange"}
      variant="outline"
      size="sm"
      leftSection={<WarningIcon size={12} />}
      title={`${time(first.since)}: ${reasons.join("; ")}`}
      className="legible"
    >
      {first.state === "refused" ? "refused" : "waits"} since {shortTime(first.since)}
    </Badge>
  );
}

export function Issues({ issues }: Pick<OpenOnHost, "issues">) {
  return (
    <List size="sm" listStyleType="none">
      {issues.map(({ field, message }) => (
        <List.Item key={`${field} ${message}`}>
          {field !== null && <Code style={{ overflowWrap: "anywhere" }}>{field}</Code>} {message}
        </List.Item>
      ))}
    </List>
  );
}

const outcomes = {
  refused:
    "What is shown of it was true before that. It is brought up to date as soon as the agent reports something that can be read.",
  parked: "It is applied as soon as that is there.",
} as const;

/** Above all that is known of one thing. */
export function OpenBanners(props: OpenProps) {
  return (
    <>
      {useOpen(props).map(({ discovery_type, state, since, issues, hostId, host }) => (
        <Alert
          key={`${hostId} ${discovery_type}`}
          color={state === "refused" ? "red" : "orange"}
          role="status"
          icon={<WarningIcon size={20} />}
          classNames={{ title: "legible" }}
          title={`What ${host} reports of ${subjectOf(discovery_type)} ${
            state === "refused" ? "has been refused" : "has been waiting"
          } since ${time(since)}`}
          data-open={discovery_type}
        >
          <Stack gap={4}>
            {state === "parked" && <Text size="sm">It waits for</Text>}
            <Issues issues={issues} />
            <Text size="sm">
              {outcomes[state]}
              {props.of !== "host" && (
                <>
                  {" "}
                  See <HostLink id={hostId} otherwise={host} />.
                </>
              )}
            </Text>
          </Stack>
        </Alert>
      ))}
    </>
  );
}
