/** Brings a catalogue of others in, from files. */
import { Alert, Button, FileInput, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { type CatalogueInfo, useUploadCatalogue } from "../api/checks.ts";
import { Defects } from "./catalogues.tsx";

const VERSION_FILE = "VERSION";

async function contentsOf(files: readonly File[]) {
  return Promise.all(files.map(async (file) => ({ name: file.name, content: await file.text() })));
}

function Outcome({
  catalogue,
  onClose,
}: {
  readonly catalogue: CatalogueInfo;
  readonly onClose: () => void;
}) {
  const { name, version, checks, defects, hidden } = catalogue;
  return (
    <Stack>
      <Text size="sm" role="status">
        {name} {version}: {checks} checks were brought in.
      </Text>
      {hidden.length > 0 && (
        <Text size="sm">A catalogue before it has these too, and hides them: {hidden.join(", ")}</Text>
      )}
      {defects.length > 0 && (
        <Alert color="yellow" title="Files that are no checks">
          <Defects defects={defects} />
        </Alert>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}

export function UploadDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState("");
  const [version, setVersion] = useState("");
  const [files, setFiles] = useState<File[]>([]);
  const [unread, setUnread] = useState<string | null>(null);
  const upload = useUploadCatalogue();

  async function send() {
    setUnread(null);
    const contents = await contentsOf(files);
    const ofFile = contents.find((file) => file.name === VERSION_FILE)?.content.trim();
    upload.mutate({
      name,
      version: version.trim() || ofFile || undefined,
      files: contents.filter((file) => file.name !== VERSION_FILE),
    });
  }

  return (
    <Modal opened onClose={onClose} title="Bring in a catalogue" centered size="lg">
      {upload.data !== undefined ? (
        <Outcome catalogue={upload.data} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // A file may have been moved since it was chosen.
            send().catch((problem) => setUnread(String(problem)));
          }}
        >
          <Stack>
            <Text size="sm" c="dimmed">
              A catalogue is a set of files called &lt;id&gt;.yaml, and may have a file VERSION. It stays
              apart from the one that comes with the program, and takes the place of one of the same name.
            </Text>
            <TextInput
              label="Name"
              description="Small letters, digits and hyphens"
              required
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label="Version"
              description="Where none is given, that of the file VERSION, or what follows from the content"
              value={version}
              onChange={(event) => setVersion(event.currentTarget.value)}
            />
            <FileInput
              label="Files"
              required
              multiple
              accept=".yaml,VERSION"
              value={files}
              onChange={setFiles}
              placeholder="Choose all files of the catalogue"
            />
            {(unread !== null || upload.error !== null) && (
              <Alert color="red" role="alert">
                {unread ?? upload.error?.message}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={upload.isPending} disabled={files.length === 0 || name === ""}>
                Bring in
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
