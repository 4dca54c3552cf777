/** Users. For now there is one: the administrator, from the environment. */
import { eq } from "drizzle-orm";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { users } from "../read-models/tables.ts";
import { HashingTurns, type Turn } from "./hashing-turns.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";

export interface Ability {
  readonly name: string;
  readonly resource: string;
}

export interface User {
  readonly id: number;
  readonly username: string;
  readonly abilities: readonly Ability[];
  readonly created_at: string;
  readonly updated_at: string;
}

const ADMIN_ID = 1;
const ALL: Ability = { name: "all", resource: "all" };
const DEFAULT_ADMIN = "admin";

/** A hash that no password has, so that an unknown name takes as long as a wrong password. */
const NOBODY = `scrypt$${2 ** 15}$8$3$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Brings the stored administrator in line with the environment: whoever starts the server says who that is. */
async function syncAdmin(env: Bindings): Promise<void> {
  const db = databaseOf(env);
  const [stored] = await db.select().from(users).where(eq(users.id, ADMIN_ID));
  const username = env.ADMIN_USER ?? DEFAULT_ADMIN;
  const password = env.ADMIN_PASSWORD;
  const isCurrent =
    stored?.username === username &&
    (password === undefined
      ? env.ADMIN_PASSWORD_HASH === undefined || stored.password_hash === env.ADMIN_PASSWORD_HASH
      : await verifyPassword(password, stored.password_hash));
  if (isCurrent) return;
  const password_hash = password === undefined ? env.ADMIN_PASSWORD_HASH : await hashPassword(password);
  if (password_hash === undefined) return;
  const now = new Date().toISOString();
  const changed = { username, password_hash, updated_at: now };
  await db
    .insert(users)
    .values({ id: ADMIN_ID, inserted_at: now, ...changed })
    .onConflictDoUpdate({ target: users.id, set: changed });
}

let synced: Promise<void> | null = null;

/** Once for each isolate: the environment does not change under it. */
function adminInSync(env: Bindings): Promise<void> {
  synced ??= syncAdmin(env).catch((error) => {
    synced = null;
    throw error;
  });
  return synced;
}

function toUser(row: typeof users.$inferSelect): User {
  const abilities = row.id === ADMIN_ID ? [ALL] : [];
  const { id, username, inserted_at: created_at, updated_at } = row;
  return { id, username, abilities, created_at, updated_at };
}

const turns = new HashingTurns();

/** @returns null for wrong credentials; nothing is said of them where too many others wait */
export async function authenticate(
  env: Bindings,
  username: string,
  password: string,
): Promise<Turn<User | null>> {
  await adminInSync(env);
  const [row] = await databaseOf(env).select().from(users).where(eq(users.username, username));
  return turns.take(async () => {
    const matches = await verifyPassword(password, row?.password_hash ?? NOBODY);
    return matches && row !== undefined ? toUser(row) : null;
  });
}

export async function findUser(env: Bindings, id: number): Promise<User | null> {
  const [row] = await databaseOf(env).select().from(users).where(eq(users.id, id));
  return row === undefined ? null : toUser(row);
}

/** By id. */
export async function listUsers(env: Bindings): Promise<User[]> {
  return (await databaseOf(env).select().from(users).orderBy(users.id)).map(toUser);
}

export function isAble(user: User, ability: Ability): boolean {
  return user.abilities.some(
    ({ name, resource }) =>
      (name === "all" && resource === "all") || (name === ability.name && resource === ability.resource),
  );
}

export function managesUsers(user: User): boolean {
  return isAble(user, { name: "all", resource: "users" });
}

/** Whether the user may know whose the entries of the activity log are. */
export function seesActors(user: User): boolean {
  return managesUsers(user) || isAble(user, { name: "activity_log", resource: "users" });
}
