/** What a check says of itself. */
import type { Definition } from "../api/checks.ts";
import { Markdown } from "./markdown.tsx";

/** The description may say what the name says already: clients of Trento's show it in the name's place. */
export function CheckText({
  check: { name, description, remediation },
}: {
  readonly check: Pick<Definition, "name" | "description" | "remediation">;
}) {
  return (
    <>
      {description.trim() !== name && <Markdown text={description} />}
      <Markdown text={remediation} />
    </>
  );
}
