/** Names and values, side by side. */
import { SimpleGrid, Text } from "@mantine/core";
import type { ReactNode } from "react";

export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} component="dl" m={0}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0} mt={2} size="sm" className="long">
            {value === null || value === "" ? "–" : value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
