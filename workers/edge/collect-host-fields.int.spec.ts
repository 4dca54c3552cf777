/** Fields of discoveries of a host as they should not be. */
import { beforeAll, it } from "vitest";
import { Administrator } from "../../test/api-client.ts";
import { spoil } from "./spoiling.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

it.each(["host_discovery", "cloud_discovery", "subscription_discovery", "saptune_discovery"] as const)(
  "%s",
  { timeout: 60_000 },
  async (type) => {
    await spoil(admin, type, 60);
  },
);
