/** SIDs, each a link to the SAP system or the database that is called so. */
import { Group, Text } from "@mantine/core";
import { ToResource } from "./to-resource.tsx";

export interface Named {
  readonly sid: string;
  /** Where its page is; null while it is not known. */
  readonly path: string | null;
}

export function SidLinks({ named }: { readonly named: readonly Named[] }) {
  if (named.length === 0) return "–";
  return (
    <Group gap="xs">
      {named.map(({ sid, path }) =>
        path === null ? (
          <Text key={sid} size="sm">
            {sid}
          </Text>
        ) : (
          <ToResource key={path} to={path}>
            {sid}
          </ToResource>
        ),
      )}
    </Group>
  );
}
