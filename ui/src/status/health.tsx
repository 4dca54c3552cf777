/** Health, told by colour, shape and word. */
import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import type { Health } from "../../../domain/health.ts";
import { healthIcons } from "./health-icons.tsx";

export const healthColors: Readonly<Record<Health, string>> = {
  passing: "teal",
  warning: "yellow",
  critical: "red",
  unknown: "gray",
};

interface HealthBadgeProps {
  readonly health: Health;
  /** Other words for the health than its own. */
  readonly children?: ReactNode;
  /** There is nothing of that health: it is named, and does not catch the eye. */
  readonly isNone?: boolean;
}

/** What is not known is an outline without a filling: nobody may take it for a failure, nor for a success. */
export function HealthBadge({ health, children = health, isNone = false }: HealthBadgeProps) {
  if (isNone) {
    return (
      <Badge
        color="gray"
        variant="transparent"
        c="dimmed"
        leftSection={healthIcons[health]}
        data-none={health}
      >
        {children}
      </Badge>
    );
  }
  return (
    <Badge
      color={healthColors[health]}
      variant={health === "unknown" ? "outline" : "light"}
      leftSection={healthIcons[health]}
      className="legible"
      data-health={health}
    >
      {children}
    </Badge>
  );
}
