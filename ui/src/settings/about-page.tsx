/** What this installation is. */
import { Anchor } from "@mantine/core";
import { useAbout } from "../api/settings.ts";
import { Facts } from "../detail/facts.tsx";
import { Section } from "../detail/section.tsx";
import { NotRead, Page } from "../shell/page.tsx";

export function AboutPage() {
  const { data: about, error, refetch } = useAbout();
  if (about === undefined) return <NotRead title="About" error={error} onRetry={refetch} />;
  return (
    <Page title="About">
      <Section title="trento-edge">
        <Facts
          facts={[
            ["Version", about.version],
            ["Flavor", about.flavor],
            ["SLES for SAP subscriptions", about.sles_subscriptions],
            [
              "API",
              <Anchor key="api" href="/api/doc" size="sm">
                Description
              </Anchor>,
            ],
          ]}
        />
      </Section>
    </Page>
  );
}
