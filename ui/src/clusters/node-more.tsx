/** What a row of a node shows when it is opened: its attributes and its resources. */
import { Code, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import type { ClusterResourceView } from "../../../domain/cluster/view.ts";
import type { More } from "../tables/table-row.tsx";
import { ResourcesTable } from "./resources-table.tsx";

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly resources: readonly ClusterResourceView[];
}

function Attributes({ attributes }: Pick<Node, "attributes">) {
  const all = Object.entries(attributes).sort(([one], [other]) => one.localeCompare(other));
  if (all.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        It has none.
      </Text>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs" component="dl" m={0}>
      {all.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="xs" c="dimmed" className="long">
            {name}
          </Text>
          <dd className="value">
            <Code>{value}</Code>
          </dd>
        </div>
      ))}
    </SimpleGrid>
  );
}

export const moreOfNode: More<Node> = {
  labelOf: ({ name }) => `Attributes and resources of ${name}`,
  show: ({ name, attributes, resources }) => (
    <Stack gap="xs">
      <Title order={4} size="h6">
        Attributes
      </Title>
      <Attributes attributes={attributes} />
      <Title order={4} size="h6" mt="xs">
        Resources
      </Title>
      <ResourcesTable label={`Resources of ${name}`} resources={resources} />
    </Stack>
  ),
};
