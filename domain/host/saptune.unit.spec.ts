/** Saptune on a host and the health that follows from it: rule 7. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealthChanged,
  hostHealthChanged,
  hostRegistered,
  saptuneHealthChanged,
  saptuneStatus,
  saptuneStatusUpdated,
  updateSaptune,
} from "./examples.spec.ts";
import { host } from "./index.ts";
import { saptuneHealth, saptuneStatusOfPackage } from "./saptune.ts";

const tuned = (tuning_state: string | null) => ({ ...saptuneStatus, tuning_state });
const notCompliant = tuned("not compliant");
const compliantHost = [
  hostRegistered(),
  saptuneStatusUpdated(saptuneStatus),
  saptuneHealthChanged("passing"),
  hostHealthChanged("passing"),
];

describe("rule 7: a saptune status", () => {
  it("is told first, then its health, then the host's health", () => {
    const { state } = given(host, [hostRegistered()])
      .when(updateSaptune({ status: notCompliant }))
      .then([
        saptuneStatusUpdated(notCompliant),
        saptuneHealthChanged("critical"),
        hostHealthChanged("critical"),
      ]);
    expect(state.saptune_status).toEqual(notCompliant);
  });

  it("is not told again", () => {
    given(host, compliantHost)
      .when(updateSaptune({ status: structuredClone(saptuneStatus) }))
      .thenNothing();
  });

  it("is told alone when the health stays", () => {
    const staged = { ...saptuneStatus, staging: { enabled: true, notes: ["1"], solutions_ids: [] } };
    given(host, compliantHost)
      .when(updateSaptune({ status: staged }))
      .then([saptuneStatusUpdated(staged)]);
  });

  it("that is identical may still have another health, once SAP runs or stops", () => {
    const idle = [
      hostRegistered(),
      saptuneStatusUpdated(notCompliant),
      saptuneHealthChanged("passing"),
      hostHealthChanged("passing"),
    ];
    given(host, idle)
      .when(updateSaptune({ status: notCompliant, sap_running: true }))
      .then([saptuneHealthChanged("critical"), hostHealthChanged("critical")]);
    given(host, compliantHost)
      .when(updateSaptune({ status: saptuneStatus, sap_running: false }))
      .thenNothing();
  });

  it("changes the host's health only where that is the worst of all", () => {
    given(host, [hostRegistered(), checksHealthChanged("critical"), hostHealthChanged("critical")])
      .when(updateSaptune({ status: tuned("not tuned") }))
      .then([saptuneStatusUpdated(tuned("not tuned")), saptuneHealthChanged("warning")]);
  });

  it("of an unknown tuning state counts for nothing in the host's health", () => {
    given(host, compliantHost)
      .when(updateSaptune({ status: tuned("odd") }))
      .then([
        saptuneStatusUpdated(tuned("odd")),
        saptuneHealthChanged("unknown"),
        hostHealthChanged("unknown"),
      ]);
  });
});

describe("rule 7: a saptune that prints no status", () => {
  const old = (package_version: string) => updateSaptune({ package_version, status: null });

  it("is known by its package version alone", () => {
    const { state } = given(host, [hostRegistered()])
      .when(old("3.0.0"))
      .then([
        saptuneStatusUpdated(saptuneStatusOfPackage("3.0.0")),
        saptuneHealthChanged("warning"),
        hostHealthChanged("warning"),
      ]);
    expect(state.saptune_status).toEqual({
      package_version: "3.0.0",
      configured_version: null,
      tuning_state: null,
      services: [],
      enabled_notes: [],
      applied_notes: [],
      enabled_solution: null,
      applied_solution: null,
      staging: null,
    });
  });

  it("of the stored version keeps the stored status", () => {
    given(host, compliantHost).when(old("3.1.0")).thenNothing();
  });

  it("of the stored version still has its health judged again", () => {
    given(host, [hostRegistered(), saptuneStatusUpdated(notCompliant)])
      .when(old("3.1.0"))
      .then([saptuneHealthChanged("critical"), hostHealthChanged("critical")]);
  });

  it("of another version forgets the stored status", () => {
    given(host, compliantHost)
      .when(old("3.2.0"))
      .then([
        saptuneStatusUpdated(saptuneStatusOfPackage("3.2.0")),
        saptuneHealthChanged("unknown"),
        hostHealthChanged("unknown"),
      ]);
  });

  it("and has no version is told once", () => {
    const command = updateSaptune({ package_version: null, status: null });
    const { state } = given(host, [hostRegistered()]).when(command);
    expect(state.saptune_status).toEqual(saptuneStatusOfPackage(null));
    expect(host.decide(command, state)).toEqual({ ok: true, events: [] });
  });
});

describe("rule 7: a saptune that is not installed", () => {
  const missing = (sap_running: boolean) =>
    updateSaptune({ saptune_installed: false, package_version: null, status: null, sap_running });

  it("has no status, which is no news on a host without one", () => {
    given(host, [hostRegistered()])
      .when(missing(true))
      .then([saptuneHealthChanged("warning"), hostHealthChanged("warning")]);
  });

  it("does not matter without SAP", () => {
    given(host, [hostRegistered()])
      .when(missing(false))
      .then([saptuneHealthChanged("passing"), hostHealthChanged("passing")]);
  });

  it("takes the stored status away", () => {
    const { state } = given(host, compliantHost)
      .when(missing(true))
      .then([saptuneStatusUpdated(null), saptuneHealthChanged("warning"), hostHealthChanged("warning")]);
    expect(state.saptune_status).toBeNull();
  });

  it("takes the stored status away even if the version was sent along", () => {
    given(host, compliantHost)
      .when(updateSaptune({ saptune_installed: false, status: null }))
      .then([saptuneStatusUpdated(null), saptuneHealthChanged("warning"), hostHealthChanged("warning")]);
  });
});

describe("rule 7: the health of saptune", () => {
  const version = (package_version: string | null) => ({ ...saptuneStatus, package_version });

  it.each([
    ["none", null],
    ["an old one", version("3.0.0")],
    ["one that is not compliant", notCompliant],
    ["one in an odd state", tuned("odd")],
  ])("is passing without SAP, whatever the status: %s", (_, status) => {
    expect(saptuneHealth(false, status)).toBe("passing");
  });

  it("is a warning where SAP runs without a status", () => {
    expect(saptuneHealth(true, null)).toBe("warning");
  });

  it.each([null, "", "3.0.2", "3.0.99", "2.10.0", "3", "0.0.1", "3.1.0-rc1", "not a version"])(
    "is a warning for the package version %j, below 3.1.0",
    (package_version) => {
      expect(saptuneHealth(true, version(package_version))).toBe("warning");
    },
  );

  it.each(["3.1.0", "3.1", "3.1.1", "3.2.0", "3.10.0", "4.0.0", "10.0.0", "3.1.0+git.1"])(
    "is that of the tuning for the package version %j",
    (package_version) => {
      expect(saptuneHealth(true, version(package_version))).toBe("passing");
    },
  );

  it.each([
    ["compliant", "passing"],
    ["not tuned", "warning"],
    ["not compliant", "critical"],
    ["anything else", "unknown"],
    ["Compliant", "unknown"],
    [null, "unknown"],
  ])("of the tuning state %j is %s", (tuning_state, health) => {
    expect(saptuneHealth(true, tuned(tuning_state))).toBe(health);
  });
});
