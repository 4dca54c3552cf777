/** One database. */
import type { DatabaseView } from "../../../domain/database/view.ts";
import { useHosts } from "../api/hosts.ts";
import { useDatabases, useSapSystems } from "../api/sap-systems.ts";
import { DetailPage } from "../detail/detail-page.tsx";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { HostsSection } from "../hosts/hosts-section.tsx";
import { hostIdsOf } from "../instances/instance.ts";
import { LayoutTable } from "../instances/layout-table.tsx";
import { SidLinks } from "../links/sid-links.tsx";
import { OpenBanners } from "../open-discoveries/open-discoveries.tsx";
import { Tags } from "../tags/tags.tsx";
import { systemsOn } from "./database-row.ts";
import { replicationColumns } from "./replication-column.tsx";
import { ReplicationSection } from "./replication-section.tsx";

function Summary({ database }: { readonly database: DatabaseView }) {
  const { data: systems } = useSapSystems();
  return (
    <Section title="Summary">
      <Facts
        facts={[
          ["SAP systems", <SidLinks key="systems" named={systemsOn(database.id, systems ?? [])} />],
          ["Instances", database.database_instances.length],
          [
            "Tags",
            <Tags
              key="tags"
              resources="databases"
              id={database.id}
              name={database.sid}
              tags={database.tags}
            />,
          ],
          ["Id", <code key="id">{database.id}</code>],
        ]}
      />
    </Section>
  );
}

export function DatabasePage() {
  const { data: hosts } = useHosts();
  return (
    <DetailPage
      answer={useDatabases()}
      list={{ path: "/databases", title: "Databases" }}
      nameOf={({ sid }) => sid}
    >
      {(database) => {
        const hostIds = hostIdsOf(database.database_instances);
        return (
          <>
            <OpenBanners hostIds={hostIds} of="database" />
            <Summary database={database} />
            <ReplicationSection instances={database.database_instances} />
            <Section title="Layout">
              <LayoutTable
                label="Layout"
                owners="databases"
                ownerId={database.id}
                instances={database.database_instances}
                further={replicationColumns}
              />
            </Section>
            <HostsSection hosts={hosts?.filter(({ id }) => hostIds.has(id))} />
          </>
        );
      }}
    </DetailPage>
  );
}
