/** A link to the page of a resource. */
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

interface ToResourceProps {
  readonly to: string;
  readonly children: ReactNode;
  /** Where the link stands for its whole row. */
  readonly strong?: boolean;
}

export function ToResource({ to, children, strong = false }: ToResourceProps) {
  return (
    <Anchor component={Link} to={to} size="sm" {...(strong ? { fw: 550 } : {})}>
      {children}
    </Anchor>
  );
}
