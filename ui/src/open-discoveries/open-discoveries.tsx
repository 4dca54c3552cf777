/** Tells that what an agent reports is refused, or waits, where people look for what it reports. */
import { Alert, Badge, Code, List, Stack, Text } from "@mantine/core";
import { useAgents } from "../api/agents.ts";
import { HostLink } from "../links/host-link.tsx";
import { WarningIcon } from "../shell/icons.tsx";
import { shortTime, time } from "../status/time.ts";
import { type Concerning, type OpenOnHost, oldest, openOn, subjectOf, wordings } from "./open-on.ts";

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
      {wordings[first.state].short} since {shortTime(first.since)}
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
          title={`What ${host} reports of ${subjectOf(discovery_type)} ${wordings[state].long} since ${time(since)}`}
          data-open={discovery_type}
        >
          <Stack gap={4}>
            {wordings[state].reasons !== null && <Text size="sm">{wordings[state].reasons}</Text>}
            <Issues issues={issues} />
            <Text size="sm">
              {wordings[state].outcome}
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
