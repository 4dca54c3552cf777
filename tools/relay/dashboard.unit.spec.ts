/** The dashboard asks for what there is, and for all of it. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { families } from "../../workers/metrics/families.ts";
import { Metrics } from "./metrics.ts";

const dashboard = z
  .object({
    panels: z.array(
      z.object({
        title: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        targets: z.array(z.object({ expr: z.string(), refId: z.string() })).default([]),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("../../docs/grafana-dashboard.json", import.meta.url), "utf8")));

async function relayNames(): Promise<string[]> {
  const metrics = new Metrics();
  const none = { hosts: () => 0, waitingDiscoveries: () => 0, waitingPublications: () => 0 };
  const no = () => false;
  metrics.watch({ ...none, isLineOpen: no, isBrokerConnected: no, isBrokerBlocked: no });
  return [...(await metrics.text()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name ?? "");
}

describe("the dashboard", () => {
  it("names metrics that there are, and leaves none out", async () => {
    const known = [
      ...families.map(({ name, kind }) => (kind === "histogram" ? `${name}_bucket` : name)),
      ...(await relayNames()),
    ];
    const asked = dashboard.panels.flatMap(({ targets }) =>
      targets.flatMap(({ expr }) => expr.match(/trento_\w+/g) ?? []),
    );
    expect([...new Set(asked)].sort()).toEqual(known.sort());
  });

  it("has no panels upon each other", () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)}/${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
