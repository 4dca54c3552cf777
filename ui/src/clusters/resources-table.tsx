/** The resources of a cluster or of one of its nodes. */
import { Badge, Stack, Text } from "@mantine/core";
import type { ClusterResourceView } from "../../../domain/cluster/view.ts";
import { HealthBadge } from "../status/health.tsx";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { healthOfResource } from "./cluster-health.ts";
import { parentInWords } from "./cluster-words.ts";

type Parent = ClusterResourceView["parent"];

function PartOf({ parent }: { readonly parent: Parent }) {
  if (parent === null) return "–";
  return (
    <Stack gap={0}>
      <Text size="sm">{parent.id}</Text>
      <Text size="xs" c="dimmed">
        {parentInWords(parent)}
        {!parent.managed && ", not managed"}
      </Text>
    </Stack>
  );
}

function Managed({ managed }: { readonly managed: boolean }) {
  if (managed) return "yes";
  return (
    <Badge color="orange" variant="light" size="sm">
      no
    </Badge>
  );
}

function FailCount({ count }: { readonly count: number | null }) {
  if (count === null) return "–";
  return count === 0 ? (
    "0"
  ) : (
    <Text size="sm" c="red" fw={600}>
      {count}
    </Text>
  );
}

const columns: readonly Column<ClusterResourceView>[] = [
  {
    id: "id",
    heading: "Resource",
    cell: ({ id, type }) => (
      <Stack gap={0}>
        <Text size="sm">{id}</Text>
        <Text size="xs" c="dimmed">
          {type}
        </Text>
      </Stack>
    ),
  },
  { id: "role", heading: "Role", cell: ({ role }) => role },
  {
    id: "status",
    heading: "Status",
    cell: ({ status }) =>
      !status ? "–" : <HealthBadge health={healthOfResource(status)}>{status}</HealthBadge>,
  },
  { id: "fails", heading: "Fail count", cell: ({ fail_count }) => <FailCount count={fail_count} /> },
  { id: "managed", heading: "Managed", cell: ({ managed }) => <Managed managed={managed} /> },
  { id: "parent", heading: "Part of", cell: ({ parent }) => <PartOf parent={parent} /> },
];

const nodeColumn: Column<ClusterResourceView> = {
  id: "node",
  heading: "Node",
  cell: ({ node }) => node ?? "–",
};
const columnsWithNode = columns.toSpliced(3, 0, nodeColumn);

interface ResourcesTableProps {
  readonly label: string;
  readonly resources: readonly ClusterResourceView[];
  /** Whether they are of several nodes. */
  readonly withNode?: boolean;
}

export function ResourcesTable({ label, resources, withNode = false }: ResourcesTableProps) {
  return (
    <PlainTable
      label={label}
      columns={withNode ? columnsWithNode : columns}
      rows={resources}
      keyOf={({ id, node }, index) => `${id} ${node} ${index}`}
      empty="None has been seen."
    />
  );
}
