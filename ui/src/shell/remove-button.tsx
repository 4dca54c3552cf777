/** Removes something that has a name, once that was confirmed. */
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Confirmation } from "./confirmation.tsx";

interface RemoveButtonProps {
  readonly name: string;
  /** What follows from it. */
  readonly text: string;
  readonly remove: {
    readonly isPending: boolean;
    readonly error: Error | null;
    mutate(name: string, options: { readonly onSuccess: () => void }): void;
  };
}

export function RemoveButton({ name, text, remove }: RemoveButtonProps) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="red" onClick={open} aria-label={`Remove ${name}`}>
        Remove
      </Button>
      <Confirmation
        title={`Remove ${name}?`}
        text={text}
        action="Remove"
        opened={opened}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(name, { onSuccess: close })}
        onClose={close}
      />
    </>
  );
}
