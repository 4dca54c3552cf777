/** How many resources of a list are of each health: each counter shows those alone. */
import { Button, Group } from "@mantine/core";
import { healthColors } from "../status/health.tsx";
import { healthIcons } from "../status/health-icons.tsx";
import { countHealths, healths } from "../status/health-order.ts";
import type { Judged } from "./filters.ts";

interface HealthCountersProps {
  readonly label: string;
  readonly resources: readonly Judged[];
  /** The health that alone is shown, if any. */
  readonly chosen: string | undefined;
  readonly onChange: (health: string | null) => void;
}

export function HealthCounters({ label, resources, chosen, onChange }: HealthCountersProps) {
  const counts = countHealths(resources);
  return (
    <Group gap="xs" role="group" aria-label={label}>
      {healths.map((health) => (
        <Button
          key={health}
          size="compact-sm"
          color={healthColors[health]}
          variant={chosen === health ? "filled" : health === "unknown" ? "outline" : "light"}
          leftSection={healthIcons[health]}
          className="legible"
          aria-pressed={chosen === health}
          onClick={() => onChange(chosen === health ? null : health)}
        >
          {counts[health]} {health}
        </Button>
      ))}
    </Group>
  );
}
