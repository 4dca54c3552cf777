/** Tries fields of a discovery as they should not be: each is taken, or refused by its name, and harms nothing that comes after. */
import { expect } from "vitest";
import { z } from "zod";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { hostPayload } from "../../test/agents.ts";
import { type Administrator, accepted, outcome } from "../../test/api-client.ts";
import { absurd, MISSING, pathsIn, replaced } from "./absurd.spec.ts";
import { samples } from "./discoveries.spec.ts";

const errorsSchema = z.object({
  errors: z.array(z.object({ source: z.object({ pointer: z.string().startsWith("/payload") }) })).min(1),
});

/** There are thousands of places and values: so many are tried, evenly chosen. */
function spoiled(payload: unknown, count: number) {
  const all = pathsIn(payload).flatMap((path) => absurd.map((put) => ({ path, put })));
  // Even, so that values and places do not keep step: there is an odd number of values.
  const step = 2 * Math.ceil(all.length / count / 2);
  return all.filter((_, index) => index % step === 0);
}

export async function spoil(admin: Administrator, type: DiscoveryType, count: number): Promise<void> {
  const { payload, sound, shown, becomes } = samples[type];
  const agent = await admin.agent();
  await agent.tells("host_discovery", hostPayload);
  await agent.tells(type, payload);
  for (const { path, put } of spoiled(payload, count)) {
    const changed = replaced(payload, path, put);
    const { status, body } = await agent.collect(type, changed === MISSING ? undefined : changed);
    const told = `${path.join("/")} is ${String(JSON.stringify(put)).slice(0, 50)}: ${JSON.stringify(body)}`;
    expect([202, 422], told).toContain(status);
    if (status === 422) expect(errorsSchema.safeParse(body).success, told).toBe(true);
  }
  expect(await outcome(agent.collect(type, sound))).toEqual(accepted);
  await expect.poll(() => shown(admin, agent)).toMatchObject(becomes);
  expect(await admin.states(agent.id)).toMatchObject({ [type]: ["accepted", null] });
}
