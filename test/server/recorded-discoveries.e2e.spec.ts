/** Recorded single discoveries, each posted to a started server: taken, or refused with the field named; never a fault. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { LandscapeServer } from "./landscape-server.ts";
import { areThere, recordingsIn } from "./recordings.ts";

const recordings = recordingsIn("discovery");
/** Those that cannot be judged, with the field that is wrong. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ["saptune_discovery_empty_result.json", "/payload/status/result"],
  ["host_discovery_with_prometheus_mode_invalid.json", "/payload/prometheus_mode"],
]);

const envelopeSchema = z.object({ agent_id: z.string(), discovery_type: z.string(), payload: z.unknown() });

/** Each from an agent of its own, so that no recording stands on another. */
function fromAnotherAgent(body: string): string {
  return JSON.stringify({ ...envelopeSchema.parse(JSON.parse(body)), agent_id: crypto.randomUUID() });
}

describe.skipIf(!areThere)("every recorded discovery", () => {
  const server = new LandscapeServer();
  beforeAll(() => server.start());
  afterAll(() => server.end());

  it.each(recordings)("is answered: $name", async ({ name, body }) => {
    const { status, text } = await server.collect(fromAnotherAgent(body));
    const pointer = REFUSED.get(name);
    if (pointer === undefined) return expect([status, text]).toEqual([202, "{}"]);
    expect(status).toBe(422);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ source: { pointer } }] });
  });

  it("leaves a server that goes on", async () => {
    await expect.poll(async () => (await server.hosts()).length).toBeGreaterThan(0);
  });
});
