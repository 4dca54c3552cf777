/** Which SAP systems keep their data in which database: the process manager's own memory, apart from the read models. */
import { eq } from "drizzle-orm";
import type { DatabaseLink } from "../../domain/sap-system/state.ts";
import { type Database, runTogether } from "../read-models/database.ts";
import { sapSystemLinks } from "../read-models/tables.ts";

export interface Link extends DatabaseLink {
  readonly sap_system_id: string;
}

export async function writeLink(db: Database, link: Link): Promise<void> {
  const { sap_system_id, ...changed } = link;
  await runTogether(db, [
    db
      .insert(sapSystemLinks)
      .values(link)
      .onConflictDoUpdate({ target: sapSystemLinks.sap_system_id, set: changed }),
  ]);
}

export async function linksTo(db: Database, databaseId: string): Promise<Link[]> {
  return db.select().from(sapSystemLinks).where(eq(sapSystemLinks.database_id, databaseId));
}
