/** In the place of a page in which something went wrong: everything around it goes on. */
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { Link, useRouteError } from "react-router";
import { Page } from "./page.tsx";

export function PageFault() {
  const fault = useRouteError();
  return (
    <Page title="Something went wrong">
      <Alert color="red" title="This page could not be shown" role="alert">
        <Stack gap="xs" align="flex-start">
          <Text size="sm" className="long">
            {fault instanceof Error ? fault.message : String(fault)}
          </Text>
          <Group gap="md">
            <Button variant="light" color="red" size="compact-sm" onClick={() => window.location.reload()}>
              Load it again
            </Button>
            <Anchor component={Link} to={window.location.pathname} reloadDocument size="sm">
              Without what the address says of it
            </Anchor>
          </Group>
        </Stack>
      </Alert>
    </Page>
  );
}
