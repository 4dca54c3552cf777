/** What handlers find in their context. */
import type { User } from "../auth/users.ts";
import type { Bindings } from "../bindings.ts";

export interface EdgeContext {
  Bindings: Bindings;
  Variables: {
    /** Id of the request, shared by all that it sets in motion. */
    correlationId: string;
    user: User;
  };
}
