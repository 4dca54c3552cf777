/** What pages are made of: a title, and what is shown while there is nothing to show. */
import { Alert, Anchor, Button, Center, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Component, type ReactNode } from "react";
import { Link } from "react-router";

interface PageProps {
  readonly title: string;
  /** What stands beside the title and belongs to it. */
  readonly badge?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, badge, aside, children }: PageProps) {
  useDocumentTitle(`${title} · trento-edge`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="center">
        <Group gap="sm">
          <Title order={1} size="h2" className="page-title">
            {title}
          </Title>
          {badge}
        </Group>
        {aside}
      </Group>
      {children}
    </Stack>
  );
}

export function Loading() {
  return (
    <Center h={240}>
      <Loader aria-label="Loading" />
    </Center>
  );
}

interface LoadingFailedProps {
  readonly error: Error;
  /** Asks once more. */
  readonly onRetry?: () => unknown;
}

export function LoadingFailed({ error, onRetry }: LoadingFailedProps) {
  return (
    <Alert color="red" title="This could not be read" role="alert">
      <Stack gap="xs" align="flex-start">
        {error.message}
        {onRetry !== undefined && (
          <Button variant="light" color="red" size="compact-sm" onClick={() => onRetry()}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function NotFound() {
  return (
    <Page title="Not found">
      <Text>
        There is nothing here, or no longer.{" "}
        <Anchor component={Link} to="/">
          To the overview
        </Anchor>
      </Text>
    </Page>
  );
}

/** A fault in one page does not take the rest with it. */
export class FaultBarrier extends Component<
  { readonly children: ReactNode },
  { readonly fault: Error | null }
> {
  override state: { readonly fault: Error | null } = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override render() {
    if (this.state.fault === null) return this.props.children;
    return (
      <Alert color="red" title="Something went wrong" m="lg" role="alert">
        {this.state.fault.message}
      </Alert>
    );
  }
}
