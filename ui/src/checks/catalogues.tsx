/** The catalogues: our own, and those that were brought in. */
import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type CatalogueInfo, useCatalogues, useRemoveCatalogue } from "../api/checks.ts";
import { Section } from "../detail/section.tsx";
import { NotRead } from "../shell/page.tsx";
import { RemoveButton } from "../shell/remove-button.tsx";
import { time } from "../status/time.ts";
import type { Column } from "../tables/column.ts";
import { PlainTable } from "../tables/plain-table.tsx";
import { UploadDialog } from "./upload-dialog.tsx";

function Remove({ name }: { readonly name: string }) {
  const text = "Its checks are run no more. Executions keep the checks that they ran.";
  return <RemoveButton name={name} text={text} remove={useRemoveCatalogue()} />;
}

const columns: Column<CatalogueInfo>[] = [
  { id: "name", heading: "Catalogue", cell: ({ name }) => name },
  { id: "version", heading: "Version", cell: ({ version }) => version },
  { id: "checks", heading: "Checks", cell: ({ checks }) => checks },
  {
    id: "origin",
    heading: "Origin",
    cell: ({ imported_at }) =>
      imported_at === null ? "part of this program" : `brought in ${time(imported_at)}`,
  },
  { id: "hidden", heading: "Hidden", cell: ({ hidden }) => (hidden.length === 0 ? "–" : hidden.join(", ")) },
  {
    id: "remove",
    heading: "",
    cell: ({ name, origin }) => (origin === "imported" ? <Remove name={name} /> : null),
  },
];

export function Defects({ defects }: Pick<CatalogueInfo, "defects">) {
  return (
    <List size="sm">
      {defects.map(({ file, line, column, message }) => (
        <List.Item key={`${file}:${line}:${column}:${message}`}>
          <code>
            {file}:{line}:{column}
          </code>{" "}
          {message}
        </List.Item>
      ))}
    </List>
  );
}

export function Catalogues() {
  const { data, error, refetch } = useCatalogues();
  const [opened, { open, close }] = useDisclosure();
  if (data === undefined) return <NotRead error={error} onRetry={refetch} />;
  const defective = data.filter(({ defects }) => defects.length > 0);
  return (
    <Section title="Catalogues">
      <PlainTable
        label="Catalogues"
        columns={columns}
        rows={data}
        keyOf={({ name }) => name}
        empty="No catalogue is known."
      />
      {defective.map(({ name, defects }) => (
        <Stack gap={4} key={name}>
          <Text size="sm" fw={600}>
            Files of {name} that are no checks
          </Text>
          <Defects defects={defects} />
        </Stack>
      ))}
      <Group>
        <Button variant="light" size="compact-md" onClick={open}>
          Bring in a catalogue
        </Button>
      </Group>
      {opened && <UploadDialog onClose={close} />}
    </Section>
  );
}
