/** The instances of an SAP system: those of the application, and those of its database. */
import { Stack, Title } from "@mantine/core";
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { replicationColumns } from "../databases/replication-column.tsx";
import { LayoutTable } from "../instances/layout-table.tsx";

export function Layers({ system }: { readonly system: SapSystemView }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        Application layer
      </Title>
      <LayoutTable
        label={`Application instances of ${system.sid}`}
        owners="sap_systems"
        ownerId={system.id}
        instances={system.application_instances}
      />
      <Title order={3} size="h6" mt="xs">
        Database layer
      </Title>
      <LayoutTable
        label={`Database instances of ${system.sid}`}
        owners="databases"
        ownerId={system.database_id}
        instances={system.database_instances}
        further={replicationColumns}
      />
    </Stack>
  );
}
