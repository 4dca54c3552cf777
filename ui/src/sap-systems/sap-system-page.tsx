/** One SAP system. */
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { useHosts } from "../api/hosts.ts";
import { useSapSystems } from "../api/sap-systems.ts";
import { DetailPage } from "../detail/detail-page.tsx";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { HostsSection } from "../hosts/hosts-section.tsx";
import { hostIdsOf } from "../instances/instance.ts";
import { LayoutTable } from "../instances/layout-table.tsx";
import { databasePath } from "../links/paths.ts";
import { ToResource } from "../links/to-resource.tsx";
import { OpenBanners } from "../open-discoveries/open-discoveries.tsx";
import { Tags } from "../tags/tags.tsx";
import { ensaInWords, typesOf } from "./sap-system-words.ts";

function Summary({ system }: { readonly system: SapSystemView }) {
  return (
    <Section title="Summary">
      <Facts
        facts={[
          ["Type", typesOf(system.application_instances).join(", ")],
          ["Enqueue server", ensaInWords(system.ensa_version)],
          [
            "Database",
            <ToResource key="database" to={databasePath(system.database_id)}>
              {system.database_sid}
            </ToResource>,
          ],
          ["Tenant", system.tenant],
          ["Database address", system.db_host],
          [
            "Tags",
            <Tags key="tags" resources="sap_systems" id={system.id} name={system.sid} tags={system.tags} />,
          ],
          ["Id", <code key="id">{system.id}</code>],
        ]}
      />
    </Section>
  );
}

export function SapSystemPage() {
  const { data: hosts } = useHosts();
  return (
    <DetailPage
      answer={useSapSystems()}
      list={{ path: "/sap_systems", title: "SAP systems" }}
      nameOf={({ sid }) => sid}
    >
      {(system) => {
        const hostIds = hostIdsOf(system.application_instances);
        return (
          <>
            <OpenBanners hostIds={hostIds} of="sap_system" />
            <Summary system={system} />
            <Section title="Layout">
              <LayoutTable
                label="Layout"
                owners="sap_systems"
                ownerId={system.id}
                instances={system.application_instances}
              />
            </Section>
            <HostsSection hosts={hosts?.filter(({ id }) => hostIds.has(id))} />
          </>
        );
      }}
    </DetailPage>
  );
}
