/** How an instance is, and whether what is known of it still holds. */
import { Badge, Stack } from "@mantine/core";
import { healthOfStatus } from "../../../domain/instance.ts";
import { HealthBadge } from "../status/health.tsx";
import { StaleMarker } from "../status/stale.tsx";
import { shortTime, time } from "../status/time.ts";
import type { InstanceView } from "./instance.ts";

export function InstanceStatus({ instance }: { readonly instance: InstanceView }) {
  const { status, absent_at, stale_at } = instance;
  return (
    <Stack gap={4} align="flex-start">
      <HealthBadge health={healthOfStatus(status)}>{status}</HealthBadge>
      {absent_at !== null && (
        <Badge color="red" variant="outline" size="sm" title={time(absent_at)} className="legible">
          absent since {shortTime(absent_at)}
        </Badge>
      )}
      <StaleMarker since={stale_at} />
    </Stack>
  );
}
