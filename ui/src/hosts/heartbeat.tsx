/** Heartbeat of a host, told by colour, shape and word. */
import { Group, Text, Tooltip } from "@mantine/core";
import type { HostView } from "../../../domain/host/view.ts";
import { PulseIcon } from "../shell/icons.tsx";
import { time } from "../status/time.ts";

const texts: Readonly<Record<HostView["heartbeat"], string>> = {
  passing: "Reports",
  critical: "Stopped reporting",
  unknown: "Not heard yet",
};

const colors = { passing: "teal", critical: "red", unknown: "dimmed" } as const;

export function Heartbeat({ host }: { readonly host: Pick<HostView, "heartbeat" | "stale_at"> }) {
  const { heartbeat, stale_at } = host;
  const label = stale_at === null ? texts[heartbeat] : `Stopped reporting: stale since ${time(stale_at)}`;
  return (
    <Tooltip label={label}>
      <Group gap={6} wrap="nowrap" c={colors[heartbeat]} data-heartbeat={heartbeat}>
        <PulseIcon />
        <Text size="sm" inherit>
          {heartbeat}
        </Text>
      </Group>
    </Tooltip>
  );
}
