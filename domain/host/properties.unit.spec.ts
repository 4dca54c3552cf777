/** What holds for every host, whatever is asked of it, in whatever order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../given-when-then.ts";
import { healthSchema, softwareUpdatesHealthSchema } from "../health.ts";
import {
  archSchema,
  type HostDescription,
  installationSourceSchema,
  prometheusModeSchema,
} from "./description.ts";
import { azureData, host_id, registerHost, saptuneStatus, subscription } from "./examples.spec.ts";
import { hostHealth } from "./health.ts";
import { type HostCommand, type HostState, host } from "./index.ts";
import { providerSchema } from "./provider.ts";

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const oneOf = <T extends string>(values: readonly T[]) => fc.constantFrom(...values);
/** Plain objects, as JSON and the policies make them. */
const recordOf = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });
const time = oneOf(["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"]);
const health = oneOf(healthSchema.options);

const anyDescription: fc.Arbitrary<HostDescription> = recordOf({
  hostname: fc.string(),
  fully_qualified_domain_name: maybe(oneOf(["a.example.com", "b.example.com"])),
  ip_addresses: fc.array(fc.ipV4(), { maxLength: 3 }),
  agent_version: fc.string(),
  cpu_count: fc.nat(),
  total_memory_mb: fc.nat(),
  socket_count: fc.nat(),
  os_version: fc.string(),
  arch: oneOf(archSchema.options),
  installation_source: oneOf(installationSourceSchema.options),
  prometheus_targets: maybe(
    fc.dictionary(fc.oneof(fc.string(), fc.constant("constructor")), fc.string(), { noNullPrototype: true }),
  ),
  prometheus_mode: oneOf(prometheusModeSchema.options),
  systemd_units: fc.array(recordOf({ name: fc.string(), unit_file_state: fc.string() }), { maxLength: 3 }),
  last_boot_timestamp: maybe(time),
});

/** Few values each, so that commands meet states to which they are no news. */
const description = fc.constantFrom(...fc.sample(anyDescription, { numRuns: 3, seed: 1 }));
const saptune = recordOf({
  ...Object.fromEntries(Object.entries(saptuneStatus).map(([key, value]) => [key, fc.constant(value)])),
  package_version: oneOf(["3.0.0", "3.1.0"]),
  tuning_state: maybe(oneOf(["compliant", "not compliant", "not tuned", "odd"])),
}) as fc.Arbitrary<typeof saptuneStatus>;

function command<Type extends HostCommand["type"]>(
  type: Type,
  data: fc.Arbitrary<Omit<Extract<HostCommand, { type: Type }>["data"], "host_id">>,
): fc.Arbitrary<HostCommand> {
  return data.map((rest) => ({ type, data: { host_id, ...rest } }) as HostCommand);
}

/** Reports of the present: to send one of them again is no news. */
const report = fc.oneof(
  command("RegisterHost", fc.oneof(description, anyDescription)),
  command("UpdateHeartbeat", recordOf({ heartbeat: oneOf(["passing", "critical"]) })),
  command(
    "UpdateProvider",
    recordOf({ provider: oneOf(providerSchema.options), provider_data: maybe(fc.constant(azureData)) }),
  ),
  command("UpdateSlesSubscriptions", recordOf({ subscriptions: fc.array(fc.constant(subscription)) })),
  command(
    "UpdateSaptuneStatus",
    recordOf({
      saptune_installed: fc.boolean(),
      package_version: maybe(oneOf(["3.0.0", "3.1.0"])),
      sap_running: fc.boolean(),
      status: maybe(saptune),
    }),
  ),
  command("CompleteHostChecksExecution", recordOf({ health })),
  command(
    "CompleteSoftwareUpdatesDiscovery",
    recordOf({ health: oneOf(softwareUpdatesHealthSchema.options) }),
  ),
  command("ClearSoftwareUpdatesDiscovery", fc.constant({})),
);
const request = fc.oneof(
  command("SelectHostChecks", recordOf({ checks: fc.array(oneOf(["A", "B"])) })),
  command("RequestHostDeregistration", recordOf({ requested_at: time })),
  command("DeregisterHost", recordOf({ deregistered_at: time })),
  command("RollUpHost", fc.constant({})),
);
/** Mostly registered hosts: without one first, most histories would be refusals. */
const history = fc
  .array(fc.oneof({ weight: 8, arbitrary: report }, { weight: 1, arbitrary: request }), { maxLength: 20 })
  .chain((rest) => description.map((data) => [registerHost(data), ...rest]));

function stateAfter(commands: readonly HostCommand[], start: HostState = host.initialState()): HostState {
  return commands.reduce((state, next) => step(state, next).state, start);
}

function step(state: HostState, next: HostCommand) {
  const decision = host.decide(deepFreeze(next), deepFreeze(state));
  const events = decision.ok ? decision.events : [];
  return { decision, events, state: events.reduce(host.evolve, state) };
}

/** A host that returns from deregistration after a reboot tells of the reboot later (rule 4). */
function returnsRebooted(state: HostState, next: HostCommand): boolean {
  return (
    next.type === "RegisterHost" &&
    state.deregistered_at !== null &&
    state.description?.last_boot_timestamp !== next.data.last_boot_timestamp
  );
}

describe("for every history of a host", () => {
  it("what is reported again is no news", () => {
    fc.assert(
      fc.property(history, report, (commands, next) => {
        const before = stateAfter(commands);
        fc.pre(!returnsRebooted(before, next));
        const once = step(before, next);
        const twice = step(once.state, structuredClone(next));
        expect(twice.events).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("what a generated host reports again is no news", () => {
    fc.assert(
      fc.property(anyDescription, (data) => {
        const once = step(host.initialState(), registerHost(data));
        expect(once.events[0]?.type).toBe("HostRegistered");
        expect(step(once.state, registerHost(structuredClone(data))).decision).toEqual({
          ok: true,
          events: [],
        });
      }),
    );
  });

  it("a host that returns rebooted is settled by the second report", () => {
    fc.assert(
      fc.property(description, time, (data, last_boot_timestamp) => {
        const gone = stateAfter([
          registerHost(data),
          { type: "DeregisterHost", data: { host_id, deregistered_at: "2026-01-03T00:00:00.000Z" } },
        ]);
        const report = registerHost({ ...data, last_boot_timestamp });
        expect(step(stateAfter([report, report], gone), report).events).toEqual([]);
      }),
    );
  });

  it("the health of a registered host is the worst of its parts", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const state = stateAfter(commands);
        if (state.deregistered_at === null) expect(state.health).toBe(hostHealth(state.health_details));
      }),
      { numRuns: 500 },
    );
  });

  it("its events, stored and read again, tell the same host, to which the last report is no news", () => {
    fc.assert(
      fc.property(history, report, (commands, last) => {
        const happened = [...commands, last].reduce(
          ({ state, events }, next) => {
            const result = step(state, next);
            return { state: result.state, events: [...events, ...result.events] };
          },
          { state: host.initialState(), events: [] as ReturnType<typeof step>["events"] },
        );
        const stored: typeof happened.events = JSON.parse(JSON.stringify(happened.events));
        const rebuilt = stored.reduce(host.evolve, host.initialState());
        expect(rebuilt).toEqual(happened.state);
        expect(step(rebuilt, last).events).toEqual(step(happened.state, last).events);
      }),
    );
  });

  it("a decision depends on nothing but the command and the state", () => {
    fc.assert(
      fc.property(history, report, (commands, next) => {
        const state = stateAfter(commands);
        expect(host.decide(next, state)).toStrictEqual(
          host.decide(structuredClone(next), structuredClone(state)),
        );
      }),
    );
  });

  it("every event names the host", () => {
    fc.assert(
      fc.property(history, fc.oneof(report, request), (commands, next) => {
        for (const event of step(stateAfter(commands), next).events) expect(event.data.host_id).toBe(host_id);
      }),
    );
  });
});
