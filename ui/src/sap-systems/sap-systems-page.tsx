/** All SAP systems. */
import { useSapSystems } from "../api/sap-systems.ts";
import { ListPage } from "../list/list-page.tsx";
import { Hint, Nothing } from "../list/nothing.tsx";
import { Layers } from "./layers.tsx";
import { sapSystemColumns } from "./sap-system-columns.tsx";
import { sapSystemFiltering } from "./sap-system-filters.ts";

export function SapSystemsPage() {
  return (
    <ListPage
      title="SAP systems"
      noun={{ one: "SAP system", many: "SAP systems" }}
      answer={useSapSystems()}
      filtering={sapSystemFiltering}
      columns={sapSystemColumns}
      sortedBy="sid"
      attributesOf={({ sid }) => ({ "data-sap-system": sid })}
      more={{
        labelOf: ({ sid }) => `Instances of ${sid}`,
        show: (system) => <Layers system={system} />,
      }}
      empty={
        <Nothing title="No SAP system is known yet">
          <Hint>
            An SAP system is shown here as soon as agents have reported its database, its message server and
            an application server.
          </Hint>
        </Nothing>
      }
    />
  );
}
