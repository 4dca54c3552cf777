/** Deregistration and return of a host: rules 4 and 11. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealthChanged,
  commandTypes,
  description,
  everyCommand,
  fields,
  fqdn,
  goneAs,
  host_id,
  hostDeregistered,
  hostDetailsUpdated,
  hostHealthChanged,
  hostRegistered,
  hostRestored,
  hostTombstoned,
  registerHost,
  updatesCleared,
  updatesHealthChanged,
  updatesRequested,
  withOther,
} from "./examples.spec.ts";
import { host } from "./index.ts";

describe("rule 4: a deregistered host that registers", () => {
  it("is restored, and nothing else, when it comes back as it went", () => {
    const { state } = given(host, goneAs()).when(registerHost()).then([hostRestored]);
    expect(state.deregistered_at).toBeNull();
    expect(state.description).toEqual(description);
  });

  it("is restored, and nothing else, when it was only rebooted", () => {
    const { state } = given(host, goneAs())
      .when(registerHost(withOther("last_boot_timestamp")))
      .then([hostRestored]);
    expect(state.description).toEqual(description);
  });

  it("tells of that reboot when it registers once more", () => {
    given(host, [...goneAs(), hostRestored])
      .when(registerHost(withOther("last_boot_timestamp")))
      .then([hostDetailsUpdated(withOther("last_boot_timestamp"))]);
  });

  it.each(
    fields.filter((field) => field !== "last_boot_timestamp" && field !== "fully_qualified_domain_name"),
  )("is restored and updated when its %s differs", (field) => {
    given(host, goneAs())
      .when(registerHost(withOther(field)))
      .then([hostRestored, hostDetailsUpdated(withOther(field))]);
  });

  it("is updated with the new boot when something else differs as well", () => {
    const changed = { ...withOther("last_boot_timestamp"), cpu_count: 16 };
    given(host, goneAs())
      .when(registerHost(changed))
      .then([hostRestored, hostDetailsUpdated(changed)]);
  });

  it("keeps what was known of it", () => {
    const before = given(host, [
      hostRegistered(),
      { type: "HeartbeatFailed", data: { host_id } },
      { type: "HostChecksSelected", data: { host_id, checks: ["A"] } },
      hostDeregistered,
    ]);
    const { state } = before.when(registerHost());
    expect(state).toEqual({ ...before.state, deregistered_at: null });
  });
});

describe("rule 4: the fully qualified name of a deregistered host counts as none", () => {
  const named = (name: string | null) => ({ ...description, fully_qualified_domain_name: name });

  it("none before, none now: nothing is looked up", () => {
    given(host, goneAs(named(null)))
      .when(registerHost(named(null)))
      .then([hostRestored]);
  });

  it("the same as before: it is looked up again", () => {
    given(host, goneAs(named(fqdn)))
      .when(registerHost(named(fqdn)))
      .then([hostRestored, updatesRequested(fqdn)]);
  });

  it("lost: nothing is cleared, deregistration did that", () => {
    given(host, goneAs(named(fqdn)))
      .when(registerHost(named(null)))
      .then([hostRestored, hostDetailsUpdated(named(null))]);
  });

  it.each([
    [null, "a.example.com"],
    ["a.example.com", "b.example.com"],
  ])("was %s and is %s: it is looked up", (before, after) => {
    given(host, goneAs(named(before)))
      .when(registerHost(named(after)))
      .then([hostRestored, hostDetailsUpdated(named(after)), updatesRequested(after)]);
  });
});

describe("rule 4: the health of a restored host (our addition)", () => {
  it("follows at once when deregistration cleared a part of it", () => {
    given(host, [
      hostRegistered(),
      checksHealthChanged("warning"),
      updatesHealthChanged("critical"),
      hostHealthChanged("critical"),
      updatesCleared,
      hostDeregistered,
      hostTombstoned,
    ])
      .when(registerHost())
      .then([hostRestored, hostHealthChanged("warning")]);
  });

  it("comes after the details and the look-up", () => {
    const changed = { ...description, fully_qualified_domain_name: fqdn };
    given(host, [
      hostRegistered(),
      updatesHealthChanged("critical"),
      hostHealthChanged("critical"),
      updatesCleared,
      hostDeregistered,
    ])
      .when(registerHost(changed))
      .then([hostRestored, hostDetailsUpdated(changed), updatesRequested(), hostHealthChanged("unknown")]);
  });

  it("is not told when it is what it was", () => {
    given(host, [
      hostRegistered(),
      checksHealthChanged("warning"),
      hostHealthChanged("warning"),
      hostDeregistered,
    ])
      .when(registerHost())
      .then([hostRestored]);
  });
});

describe("rule 4: a deregistered host", () => {
  it.each(commandTypes.filter((type) => type !== "RegisterHost" && type !== "RollUpHost"))(
    "refuses %s",
    (type) => {
      given(host, goneAs()).when(everyCommand[type]).thenRefused("host_not_registered");
    },
  );

  it("may be rolled up", () => {
    const gone = given(host, goneAs());
    gone
      .when(everyCommand.RollUpHost)
      .then([{ type: "HostRollUpRequested", data: { host_id, snapshot: gone.state } }]);
  });

  it.each(commandTypes.filter((type) => type !== "RegisterHost" && type !== "RollUpHost"))(
    "answers %s again once it is restored",
    (type) => {
      const { decision } = given(host, [...goneAs(), hostRestored]).when(everyCommand[type]);
      expect(decision.ok).toBe(true);
    },
  );
});

describe("rule 11: deregistration", () => {
  it("is requested, and changes nothing by itself", () => {
    const before = given(host, [hostRegistered()]);
    const { state } = before.when(everyCommand.RequestHostDeregistration).then([
      {
        type: "HostDeregistrationRequested",
        data: { host_id, requested_at: everyCommand.RequestHostDeregistration.data.requested_at },
      },
    ]);
    expect(state).toEqual(before.state);
  });

  it("may be requested twice", () => {
    const request = everyCommand.RequestHostDeregistration;
    const { state } = given(host, [hostRegistered()]).when(request);
    expect(host.decide(request, state)).toMatchObject({
      ok: true,
      events: [{ type: "HostDeregistrationRequested" }],
    });
  });

  it("clears the software updates, deregisters and buries", () => {
    const { state } = given(host, [hostRegistered()])
      .when(everyCommand.DeregisterHost)
      .then([updatesCleared, hostDeregistered, hostTombstoned]);
    expect(state.deregistered_at).toBe(everyCommand.DeregisterHost.data.deregistered_at);
  });

  it("tells no health of a host that is gone", () => {
    given(host, [hostRegistered(), updatesHealthChanged("critical"), hostHealthChanged("critical")])
      .when(everyCommand.DeregisterHost)
      .then([updatesCleared, hostDeregistered, hostTombstoned]);
  });
});
