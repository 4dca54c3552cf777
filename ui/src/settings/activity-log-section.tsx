/** Settings: how long the activity log is kept. */
import { Alert, Button, Group, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { type RetentionTime, retentionTimeSchema } from "../../../domain/activity-log/retention.ts";
import { useRetentionTime, useSetRetentionTime } from "../api/activity.ts";
import { Section } from "../detail/section.tsx";
import { NotRead } from "../shell/page.tsx";

const units = retentionTimeSchema.shape.unit.options;

function Form({ initial }: { readonly initial: RetentionTime }) {
  const [time, setTime] = useState(initial);
  const save = useSetRetentionTime();
  const isSaved = time.value === initial.value && time.unit === initial.unit;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(time);
      }}
    >
      <Group align="flex-end">
        <NumberInput
          label="Keep entries for"
          min={1}
          max={1_000}
          allowDecimal={false}
          value={time.value}
          onChange={(value) => setTime({ ...time, value: Number(value) })}
          w={140}
        />
        <Select
          aria-label="Unit"
          data={units.map((unit) => ({ value: unit, label: time.value === 1 ? unit : `${unit}s` }))}
          allowDeselect={false}
          value={time.unit}
          onChange={(value) => setTime({ ...time, unit: retentionTimeSchema.shape.unit.parse(value) })}
          w={130}
        />
        <Button type="submit" variant="light" loading={save.isPending} disabled={isSaved}>
          {isSaved && save.isSuccess ? "Saved" : "Save"}
        </Button>
      </Group>
      {save.error !== null && (
        <Alert color="red" role="alert" mt="sm">
          {save.error.message}
        </Alert>
      )}
    </form>
  );
}

export function ActivityLogSection() {
  const { data, error, refetch } = useRetentionTime();
  return (
    <Section title="Activity log">
      {data === undefined ? <NotRead error={error} onRetry={refetch} /> : <Form initial={data} />}
    </Section>
  );
}
