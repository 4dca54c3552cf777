/** The UI's entry: providers around the pages. */
import "./no-eval.ts";
import "@mantine/core/styles.css";
import "./shell/style.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, StrictMode, Suspense, useEffect, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, RouterProvider } from "react-router";
import { ActivityPage } from "./activity/activity-page.tsx";
import { CatalogPage } from "./checks/catalog-page.tsx";
import { SelectionPage } from "./checks/selection-page.tsx";
import { ClusterPage } from "./clusters/cluster-page.tsx";
import { ClustersPage } from "./clusters/clusters-page.tsx";
import { DatabasePage } from "./databases/database-page.tsx";
import { DatabasesPage } from "./databases/databases-page.tsx";
import { ExecutionPage } from "./executions/execution-page.tsx";
import { TargetPage } from "./executions/target-page.tsx";
import { HostPage } from "./hosts/host-page.tsx";
import { HostsPage } from "./hosts/hosts-page.tsx";
import { Live } from "./live/live.tsx";
import { OverviewPage } from "./overview/overview-page.tsx";
import { SapSystemPage } from "./sap-systems/sap-system-page.tsx";
import { SapSystemsPage } from "./sap-systems/sap-systems-page.tsx";
import { LoginPage } from "./session/login-page.tsx";
import { session } from "./session/session.ts";
import { AboutPage } from "./settings/about-page.tsx";
import { SettingsPage } from "./settings/settings-page.tsx";
import { FaultBarrier, Loading, NotFound } from "./shell/page.tsx";
import { PageFault } from "./shell/page-fault.tsx";
import { Shell } from "./shell/shell.tsx";
import { theme } from "./shell/theme.ts";
import { DeliveriesPage } from "./webhooks/deliveries-page.tsx";

// An editor and an engine are much to load for who only looks.
const LabPage = lazy(async () => ({ default: (await import("./lab/lab-page.tsx")).LabPage }));

const client = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });

const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      {
        // Whatever goes wrong in a page, the way to the others stays.
        errorElement: <PageFault />,
        children: [
          { index: true, element: <OverviewPage /> },
          { path: "hosts", element: <HostsPage /> },
          { path: "hosts/:id", element: <HostPage /> },
          { path: "hosts/:id/checks", element: <TargetPage kind="hosts" /> },
          { path: "hosts/:id/checks/selection", element: <SelectionPage kind="hosts" /> },
          { path: "clusters", element: <ClustersPage /> },
          { path: "clusters/:id", element: <ClusterPage /> },
          { path: "clusters/:id/checks", element: <TargetPage kind="clusters" /> },
          { path: "clusters/:id/checks/selection", element: <SelectionPage kind="clusters" /> },
          { path: "sap_systems", element: <SapSystemsPage /> },
          { path: "sap_systems/:id", element: <SapSystemPage /> },
          { path: "databases", element: <DatabasesPage /> },
          { path: "databases/:id", element: <DatabasePage /> },
          { path: "executions/:id", element: <ExecutionPage /> },
          { path: "checks", element: <CatalogPage /> },
          {
            path: "lab",
            element: (
              <Suspense fallback={<Loading />}>
                <LabPage />
              </Suspense>
            ),
          },
          { path: "activity_log", element: <ActivityPage /> },
          { path: "settings", element: <SettingsPage /> },
          { path: "settings/webhooks/:id", element: <DeliveriesPage /> },
          { path: "about", element: <AboutPage /> },
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
]);

function App() {
  const isSignedIn = useSyncExternalStore(session.subscribe, session.isSignedIn);
  useEffect(() => {
    // Whoever signs in next must not see what the one before was shown.
    if (!isSignedIn) client.clear();
  }, [isSignedIn]);
  if (!isSignedIn) return <LoginPage />;
  return (
    <Live>
      <RouterProvider router={router} />
    </Live>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <FaultBarrier>
          <App />
        </FaultBarrier>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
