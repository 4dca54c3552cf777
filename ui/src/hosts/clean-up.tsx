/** Removes a host that stopped reporting. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { HostView } from "../../../domain/host/view.ts";
import { useCleanUp } from "../api/hosts.ts";
import { Confirmation } from "../shell/confirmation.tsx";

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
      <Confirmation
        title={`Clean up ${host.hostname}?`}
        text="The host is deregistered and leaves this list. If its agent reports again, it comes back with its tags."
        action="Clean up"
        opened={opened}
        busy={cleanUp.isPending}
        error={cleanUp.error}
        onConfirm={() => cleanUp.mutate(undefined, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}
