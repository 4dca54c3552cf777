/** Who may see what of the activity log (api.md). */
import { SYSTEM } from "./entry.ts";

/** Types that only those who manage users may see. */
export const userManagementTypes: readonly string[] = [
  "login_attempt",
  "user_creation",
  "user_modification",
  "user_deletion",
  "profile_update",
  "personal_access_token_creation",
  "personal_access_token_deletion",
  "personal_access_token_admin_deletion",
  "ai_configuration_creation",
  "ai_configuration_modification",
  "ai_configuration_deletion",
];

const SOMEBODY = "••••••••";

export interface Viewer {
  readonly username: string;
  /** Names of other users. */
  readonly seesActors: boolean;
}

export function actorAsSeenBy({ username, seesActors }: Viewer, actor: string): string {
  return seesActors || actor === SYSTEM || actor === username ? actor : SOMEBODY;
}
