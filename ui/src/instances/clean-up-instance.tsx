/** Removes an instance that its host no longer reports. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useCleanUpInstance } from "../api/sap-systems.ts";
import { Confirmation } from "../shell/confirmation.tsx";
import type { InstanceView, Owners } from "./instance.ts";

interface CleanUpInstanceProps {
  readonly owners: Owners;
  readonly ownerId: string;
  readonly instance: InstanceView;
}

/** An instance that is there again takes the question with it. */
export function CleanUpInstance(props: CleanUpInstanceProps) {
  return props.instance.absent_at === null ? null : <Question {...props} />;
}

function Question({ owners, ownerId, instance }: CleanUpInstanceProps) {
  const [opened, { open, close }] = useDisclosure();
  const cleanUp = useCleanUpInstance(owners, ownerId, instance);
  const name = `${instance.sid} ${instance.instance_number}`;
  const whole = owners === "databases" ? "database" : "SAP system";
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        onClick={open}
        aria-label={`Clean up instance ${name}`}
      >
        Clean up
      </Button>
      <Confirmation
        title={`Clean up instance ${name}?`}
        text={`The instance is deregistered, and the ${whole} with it should nothing be left that makes one. If its host reports it again, it comes back.`}
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
