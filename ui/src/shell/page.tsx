/** What pages are made of: a title, and what is shown while there is nothing to show. */
import { Alert, Anchor, Button, Center, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Component, type ReactNode, useEffect, useRef } from "react";
import { Link } from "react-router";
import { Failure } from "../api/failure.ts";
import { useIsLive } from "../live/connection.ts";

interface PageProps {
  readonly title: string;
  /** The title as it is shown, where a name in it is told apart from its words. */
  readonly heading?: ReactNode;
  /** What stands beside the title and belongs to it. */
  readonly badge?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, heading = title, badge, aside, children }: PageProps) {
  useDocumentTitle(`${title} · trento-edge`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="center">
        <Group gap="sm">
          <Title order={1} size="h2" className="page-title">
            {heading}
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

/** Milliseconds between two tries of what failed though the server is there. */
const BETWEEN_TRIES = 5_000;

/** What the server refuses it will refuse again; that it was not reached, or was busy, passes. */
function mayPass(error: Error): boolean {
  return !(error instanceof Failure) || error.status >= 500;
}

interface NotReadProps {
  /** Null while it is being read. */
  readonly error: Error | null;
  /** Asks once more. */
  readonly onRetry: () => unknown;
  /** That of the page, where nothing of the page is there without it. */
  readonly title?: string;
}

/** In the place of what is being read, or could not be. It tries again by itself as soon as the server is back. */
export function NotRead({ error, onRetry, title }: NotReadProps) {
  const shown = error === null ? <Loading /> : <LoadingFailed error={error} onRetry={onRetry} />;
  return title === undefined ? shown : <Page title={title}>{shown}</Page>;
}

export function LoadingFailed({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry: () => unknown;
}) {
  const isLive = useIsLive();
  const retry = useRef(onRetry);
  retry.current = onRetry;
  const tries = isLive && mayPass(error);
  useEffect(() => {
    if (!tries) return;
    retry.current();
    const timer = setInterval(() => retry.current(), BETWEEN_TRIES);
    return () => clearInterval(timer);
  }, [tries]);
  return (
    <Alert color="red" title="This could not be read" role="alert">
      <Stack gap="xs" align="flex-start">
        {error.message}
        <Button variant="light" color="red" size="compact-sm" onClick={() => onRetry()}>
          Try again
        </Button>
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
