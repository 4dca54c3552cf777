/** The UI's entry: providers around the pages. */
import "./no-eval.ts";
import "@mantine/core/styles.css";
import "./shell/style.css";
import { createTheme, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useEffect, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Navigate, RouterProvider } from "react-router";
import { HostPage } from "./hosts/host-page.tsx";
import { HostsPage } from "./hosts/hosts-page.tsx";
import { Live } from "./live/live.tsx";
import { LoginPage } from "./session/login-page.tsx";
import { session } from "./session/session.ts";
import { AboutPage } from "./settings/about-page.tsx";
import { SettingsPage } from "./settings/settings-page.tsx";
import { FaultBarrier, NotFound } from "./shell/page.tsx";
import { Shell } from "./shell/shell.tsx";

const theme = createTheme({
  primaryColor: "cyan",
  primaryShade: { light: 8, dark: 6 },
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
});

const client = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } });

const router = createBrowserRouter([
  {
    element: <Shell />,
    children: [
      { index: true, element: <Navigate to="/hosts" replace /> },
      { path: "hosts", element: <HostsPage /> },
      { path: "hosts/:id", element: <HostPage /> },
      { path: "settings", element: <SettingsPage /> },
      { path: "about", element: <AboutPage /> },
      { path: "*", element: <NotFound /> },
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
