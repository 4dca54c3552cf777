/** Search and filters above a list. */
import { Group, Select, TextInput } from "@mantine/core";
import { SearchIcon } from "../shell/icons.tsx";
import { type Filtering, type Filters, optionsOf } from "./filters.ts";
import { useTyped } from "./use-typed.ts";

interface FilterBarProps<Resource> {
  readonly resources: readonly Resource[];
  readonly filtering: Filtering<Resource>;
  readonly filters: Filters;
  readonly onChange: (name: string, value: string | null) => void;
}

export function FilterBar<Resource>({ resources, filtering, filters, onChange }: FilterBarProps<Resource>) {
  const typed = useTyped(filters.search, (search) => onChange("search", search || null));
  return (
    <Group gap="sm">
      <TextInput
        type="search"
        aria-label="Search"
        placeholder={filtering.hint}
        leftSection={<SearchIcon />}
        w={320}
        {...typed}
      />
      {filtering.choices.map((choice) => (
        <Select
          key={choice.name}
          aria-label={choice.label}
          placeholder={choice.label}
          data={optionsOf(resources, choice, filters.chosen.get(choice.name))}
          value={filters.chosen.get(choice.name) ?? null}
          onChange={(value) => onChange(choice.name, value)}
          clearable
          searchable={choice.all === undefined}
          w={160}
        />
      ))}
    </Group>
  );
}
