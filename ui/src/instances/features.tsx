/** What an instance does, feature by feature. */
import { Badge, Group } from "@mantine/core";
import { featuresOf } from "./instance.ts";

export function Features({ features }: { readonly features: string }) {
  const all = featuresOf(features);
  if (all.length === 0) return "–";
  return (
    <Group gap={4}>
      {all.map((feature) => (
        <Badge key={feature} variant="default" size="sm">
          {feature}
        </Badge>
      ))}
    </Group>
  );
}
