/** Tells that what is shown is no longer kept up. */
import { Alert, Badge } from "@mantine/core";
import { ClockIcon } from "../shell/icons.tsx";
import { shortTime, time } from "./time.ts";

interface StaleProps {
  /** Since when; null while it is kept up. */
  readonly since: string | null;
}

/** Beside one thing of several. */
export function StaleMarker({ since }: StaleProps) {
  if (since === null) return null;
  return (
    <Badge
      color="orange"
      variant="outline"
      size="sm"
      leftSection={<ClockIcon />}
      title={time(since)}
      className="legible"
    >
      stale since {shortTime(since)}
    </Badge>
  );
}

/** Above all that is known of one thing. */
export function StaleBanner({ since }: StaleProps) {
  if (since === null) return null;
  return (
    <Alert
      color="orange"
      role="status"
      icon={<ClockIcon size={20} />}
      classNames={{ title: "legible" }}
      title={`Stale since ${time(since)}`}
    >
      What is shown here was true then. It is brought up to date as soon as the agents that know of it report
      again.
    </Alert>
  );
}
