/** Software updates and the host's own health: rules 9 and 10. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { type Health, type SoftwareUpdatesHealth, softwareUpdatesHealthSchema } from "../health.ts";
import {
  checksHealthChanged,
  everyCommand,
  healths,
  host_id,
  hostHealthChanged,
  hostRegistered,
  saptuneHealthChanged,
  updatesCleared,
  updatesHealthChanged,
} from "./examples.spec.ts";
import { hostHealth } from "./health.ts";
import { type HostCommand, host } from "./index.ts";

const complete = (health: SoftwareUpdatesHealth): HostCommand => ({
  type: "CompleteSoftwareUpdatesDiscovery",
  data: { host_id, health },
});

describe("rule 9: software updates", () => {
  it.each(healths)("%s: their health is told; the host's follows where it changed", (health) => {
    const follows = health === "unknown" ? [] : [hostHealthChanged(health)];
    const { state } = given(host, [hostRegistered()])
      .when(complete(health))
      .then([updatesHealthChanged(health), ...follows]);
    expect(state.health_details.software_updates_discovery_health).toBe(health);
  });

  it.each(healths)("%s: their health is not told again", (health) => {
    given(host, [hostRegistered(), updatesHealthChanged(health), hostHealthChanged(health)])
      .when(complete(health))
      .thenNothing();
  });

  it("unknown does count: a look-up that failed makes the host unknown", () => {
    given(host, [hostRegistered(), checksHealthChanged("passing"), hostHealthChanged("passing")])
      .when(complete("unknown"))
      .then([updatesHealthChanged("unknown"), hostHealthChanged("unknown")]);
  });

  it.each(healths)("%s: are cleared, and the host's health follows", (health) => {
    const { state } = given(host, [
      hostRegistered(),
      saptuneHealthChanged("passing"),
      updatesHealthChanged(health),
      hostHealthChanged(health),
    ])
      .when(everyCommand.ClearSoftwareUpdatesDiscovery)
      .then([updatesCleared, ...(health === "passing" ? [] : [hostHealthChanged("passing")])]);
    expect(state.health_details.software_updates_discovery_health).toBe("not_set");
  });

  it("that nobody looked for are not cleared", () => {
    given(host, [hostRegistered()]).when(everyCommand.ClearSoftwareUpdatesDiscovery).thenNothing();
  });

  it("are cleared once", () => {
    given(host, [hostRegistered(), updatesHealthChanged("warning"), updatesCleared])
      .when(everyCommand.ClearSoftwareUpdatesDiscovery)
      .thenNothing();
  });
});

/** Rule 10 written once more, as a table of weights. */
function worst(parts: readonly Health[]): Health {
  const byWeight: readonly Health[] = ["unknown", "critical", "warning", "passing"];
  return byWeight.find((health) => parts.includes(health)) ?? "unknown";
}

const combinations = healths.flatMap((checks) =>
  healths.flatMap((saptune) =>
    softwareUpdatesHealthSchema.options.map((updates) => ({ checks, saptune, updates })),
  ),
);

describe("rule 10: the health of a host", () => {
  it("is unknown when nothing was judged", () => {
    expect(given(host, [hostRegistered()]).state.health).toBe("unknown");
  });

  it.each(combinations)("checks $checks, saptune $saptune, software updates $updates", (parts) => {
    const { checks, saptune, updates } = parts;
    const judged = [
      ...[checks, saptune].filter((health) => health !== "unknown"),
      ...(updates === "not_set" ? [] : [updates]),
    ];
    expect(
      hostHealth({
        checks_health: checks,
        saptune_health: saptune,
        software_updates_discovery_health: updates,
      }),
    ).toBe(worst(judged));
  });

  it("is told when it changes, after what changed it", () => {
    given(host, [hostRegistered(), checksHealthChanged("passing"), hostHealthChanged("passing")])
      .when(complete("critical"))
      .then([updatesHealthChanged("critical"), hostHealthChanged("critical")]);
  });

  it("is not told when another part keeps it", () => {
    given(host, [hostRegistered(), checksHealthChanged("critical"), hostHealthChanged("critical")])
      .when(complete("warning"))
      .then([updatesHealthChanged("warning")]);
  });
});
