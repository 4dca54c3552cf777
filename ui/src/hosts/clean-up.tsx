/** Removes a host that stopped reporting. */
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { HostView } from "../../../domain/host/view.ts";
import { useCleanUp } from "../api/hosts.ts";

/** A host that reports again takes the question with it: it must not stand there when the host is silent once more. */
export function CleanUp({ host }: { readonly host: HostView }) {
  return host.heartbeat === "passing" ? null : <Question host={host} />;
}

function Question({ host }: { readonly host: HostView }) {
  const [opened, { open, close }] = useDisclosure();
  const cleanUp = useCleanUp(host.id);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        onClick={open}
        aria-label={`Clean up ${host.hostname}`}
      >
        Clean up
      </Button>
      <Modal opened={opened} onClose={close} title={`Clean up ${host.hostname}?`} centered>
        <Stack>
          <Text size="sm">
            The host is deregistered and leaves this list. If its agent reports again, it comes back with its
            tags.
          </Text>
          {cleanUp.error !== null && (
            <Alert color="red" role="alert">
              {cleanUp.error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              color="red"
              loading={cleanUp.isPending}
              onClick={() => cleanUp.mutate(undefined, { onSuccess: close })}
            >
              Clean up
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
