/** Shows a secret, which nobody can see again. */
import { Button, Code, CopyButton, Group, Modal, Stack, Text } from "@mantine/core";

interface SecretDialogProps {
  /** Null shows nothing. */
  readonly secret: string | null;
  readonly onClose: () => void;
}

export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title="The secret of this webhook"
      centered
      closeOnClickOutside={false}
    >
      <Stack>
        <Text size="sm">
          The receiver verifies by it what it is told. Copy it now: it is not shown again. After a change,
          messages are signed by the secret before as well, for a day.
        </Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} data-secret>
          {secret}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={secret ?? ""}>
            {({ copied, copy }) => (
              <Button variant="light" onClick={copy}>
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose} data-autofocus>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
