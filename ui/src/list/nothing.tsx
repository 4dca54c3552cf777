/** Where a list would be: why there is nothing, and what to do. */
import { Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

export function Nothing({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="xs">
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </Paper>
  );
}

export function Hint({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" ta="center" maw={560}>
      {children}
    </Text>
  );
}
