/** All databases. */
import { useMemo } from "react";
import { useDatabases, useSapSystems } from "../api/sap-systems.ts";
import { LayoutTable } from "../instances/layout-table.tsx";
import { ListPage } from "../list/list-page.tsx";
import { Hint, Nothing } from "../list/nothing.tsx";
import { databaseColumns } from "./database-columns.tsx";
import { databaseFiltering } from "./database-filters.ts";
import { databaseRows } from "./database-row.ts";
import { replicationColumns } from "./replication-column.tsx";

export function DatabasesPage() {
  const { data, error, refetch } = useDatabases();
  const { data: systems } = useSapSystems();
  const rows = useMemo(() => data && databaseRows(data, systems), [data, systems]);
  return (
    <ListPage
      title="Databases"
      noun={{ one: "database", many: "databases" }}
      answer={{ data: rows, error, refetch }}
      filtering={databaseFiltering}
      columns={databaseColumns}
      sortedBy="sid"
      attributesOf={({ sid }) => ({ "data-database": sid })}
      more={{
        labelOf: ({ sid }) => `Instances of ${sid}`,
        show: ({ id, sid, database_instances }) => (
          <LayoutTable
            label={`Instances of ${sid}`}
            owners="databases"
            ownerId={id}
            instances={database_instances}
            further={replicationColumns}
          />
        ),
      }}
      empty={
        <Nothing title="No database is known yet">
          <Hint>
            A database is shown here as soon as the agent on its host has reported it, the one on the primary
            site first.
          </Hint>
        </Nothing>
      }
    />
  );
}
