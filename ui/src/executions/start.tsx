/** Runs the selected checks now. */
import { Alert, Button, Stack } from "@mantine/core";
import { type TargetName, useRequestExecution } from "../api/checks.ts";

export function Start({ target, disabled }: { readonly target: TargetName; readonly disabled: boolean }) {
  const run = useRequestExecution(target);
  return (
    <Stack gap="xs">
      <Button onClick={() => run.mutate()} loading={run.isPending} disabled={disabled}>
        Run the checks now
      </Button>
      {run.error !== null && (
        <Alert color="red" role="alert">
          {run.error.message}
        </Alert>
      )}
    </Stack>
  );
}
