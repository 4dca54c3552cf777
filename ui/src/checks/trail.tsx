/** The way back from a page about a target's checks. */
import { Anchor, Breadcrumbs, Text } from "@mantine/core";
import { Link } from "react-router";

export function Trail({
  steps,
  here,
}: {
  readonly steps: readonly (readonly [path: string, name: string])[];
  readonly here: string;
}) {
  return (
    <Breadcrumbs className="trail">
      {steps.map(([path, name]) => (
        <Anchor component={Link} to={path} size="sm" key={path}>
          {name}
        </Anchor>
      ))}
      <Text size="sm">{here}</Text>
    </Breadcrumbs>
  );
}
