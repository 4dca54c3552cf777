/** How an instance takes part in system replication. */
import { Badge, Group, Stack, Text } from "@mantine/core";
import type { DatabaseInstanceView } from "../../../domain/database/view.ts";
import type { Column } from "../tables/column.ts";

const colors = { Primary: "cyan", Secondary: "grape" } as const;

export function RolePill({ role }: { readonly role: keyof typeof colors }) {
  return (
    <Badge color={colors[role]} variant="light" data-replication={role}>
      {role}
    </Badge>
  );
}

function Replication({ instance }: { readonly instance: DatabaseInstanceView }) {
  const role = instance.system_replication;
  if (role === null) return "–";
  const { system_replication_site: site, system_replication_tier: tier } = instance;
  const place = [site === null ? null : `site ${site}`, tier === null ? null : `tier ${tier}`];
  return (
    <Stack gap={2} align="flex-start">
      <Group gap={4} wrap="nowrap">
        <RolePill role={role} />
      </Group>
      <Text size="xs" c="dimmed">
        {place.filter((one) => one !== null).join(", ")}
      </Text>
    </Stack>
  );
}

export const replicationColumns: readonly Column<DatabaseInstanceView>[] = [
  {
    id: "replication",
    heading: "System replication",
    cell: (instance) => <Replication instance={instance} />,
  },
];
