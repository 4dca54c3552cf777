/** Health and heartbeat of a host, told by colour, shape and word. */
import { Badge, Group, Text, Tooltip } from "@mantine/core";
import type { HostView } from "../../../domain/host/view.ts";
import { PulseIcon } from "../shell/icons.tsx";

export const healthColors: Readonly<Record<HostView["health"], string>> = {
  passing: "teal",
  warning: "yellow",
  critical: "red",
  unknown: "gray",
};

export function HealthBadge({ health }: { readonly health: HostView["health"] }) {
  return (
    <Badge color={healthColors[health]} variant="light">
      {health}
    </Badge>
  );
}

const heartbeatTexts: Readonly<Record<HostView["heartbeat"], string>> = {
  passing: "Reports",
  critical: "Stopped reporting",
  unknown: "Not heard yet",
};

const heartbeatColors = { passing: "teal", critical: "red", unknown: "dimmed" } as const;

export function time(text: string | null): string {
  return text === null ? "never" : new Date(text).toLocaleString();
}

type Beating = Pick<HostView, "heartbeat" | "stale_at">;

export function Heartbeat({ host }: { readonly host: Beating }) {
  const { heartbeat, stale_at } = host;
  const label =
    stale_at === null ? heartbeatTexts[heartbeat] : `Stopped reporting: stale since ${time(stale_at)}`;
  return (
    <Tooltip label={label}>
      <Group gap={6} wrap="nowrap" c={heartbeatColors[heartbeat]} data-heartbeat={heartbeat}>
        <PulseIcon />
        <Text size="sm" inherit>
          {heartbeat}
        </Text>
      </Group>
    </Tooltip>
  );
}
