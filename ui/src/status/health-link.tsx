/** Health as an icon alone, which leads to what it is of. */
import { ActionIcon, Indicator, Text, Tooltip } from "@mantine/core";
import { Link } from "react-router";
import type { Health } from "../../../domain/health.ts";
import { ClockIcon } from "../shell/icons.tsx";
import { healthColors } from "./health.tsx";
import { healthIcons } from "./health-icons.tsx";
import { time } from "./time.ts";

interface HealthLinkProps {
  /** What the health is of. */
  readonly of: string;
  readonly to: string;
  readonly health: Health;
  readonly staleSince: string | null;
}

export function HealthLink({ of, to, health, staleSince }: HealthLinkProps) {
  const label = `${of}: ${health}${staleSince === null ? "" : `, stale since ${time(staleSince)}`}`;
  return (
    <Tooltip label={label}>
      <Indicator
        inline
        disabled={staleSince === null}
        label={<ClockIcon />}
        color="orange"
        size={14}
        offset={3}
        styles={{ indicator: { width: 14, padding: 0 } }}
      >
        <ActionIcon
          component={Link}
          to={to}
          radius="xl"
          size={30}
          color={healthColors[health]}
          variant={health === "unknown" ? "outline" : "light"}
          aria-label={label}
          className="legible health-link"
          data-health={health}
          data-stale={staleSince !== null}
        >
          {healthIcons[health]}
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}

/** In the place of a health: there is nothing that could have one. */
export function NoHealth({ children }: { readonly children: string }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}
