/** All SAP systems at a glance. */
import { Anchor } from "@mantine/core";
import { useMemo } from "react";
import { Link } from "react-router";
import { useHealthSummary } from "../api/health-summary.ts";
import { ListPage } from "../list/list-page.tsx";
import { Hint, Nothing } from "../list/nothing.tsx";
import { overviewColumns } from "./overview-columns.tsx";
import { overviewFiltering, overviewRow } from "./overview-row.ts";

export function OverviewPage() {
  const { data, error, refetch } = useHealthSummary();
  const rows = useMemo(() => data?.map(overviewRow), [data]);
  return (
    <ListPage
      title="At a glance"
      noun={{ one: "SAP system", many: "SAP systems" }}
      answer={{ data: rows, error, refetch }}
      filtering={overviewFiltering}
      columns={overviewColumns}
      sortedBy="sid"
      attributesOf={({ sid }) => ({ "data-sap-system": sid })}
      empty={
        <Nothing title="No SAP system is known yet">
          <Hint>
            An SAP system is shown here as soon as agents have reported its database, its message server and
            an application server.
          </Hint>
          <Anchor component={Link} to="/hosts" size="sm">
            Show the hosts that report
          </Anchor>
        </Nothing>
      }
    />
  );
}
