/** What the collector takes and what it refuses. */
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, type ApiAgent, accepted, invalid, outcome, refused } from "../../test/api-client.ts";

const notJson = refused(400, "Bad Request", "The body is not valid JSON.");

let admin: Administrator;
let agent: ApiAgent;

beforeAll(async () => {
  admin = await Administrator.signIn();
  agent = await admin.agent();
});

const post = (json: unknown) => outcome(agent.post({ json }));
const postRaw = (raw: string | Uint8Array) => outcome(agent.post({ raw }));
const envelope = (changed: object = {}) => ({
  agent_id: agent.id,
  discovery_type: "host_discovery",
  payload: hostPayload,
  ...changed,
});
const collectHost = (changed: object) =>
  outcome(agent.collect("host_discovery", { ...hostPayload, ...changed }));

describe("the envelope", () => {
  it("is accepted with an empty object", async () => {
    expect(await post(envelope())).toEqual(accepted);
  });

  it("names one of six types", async () => {
    for (const discovery_type of ["systemd_discovery", "", "HOST_DISCOVERY", "toString", "__proto__"]) {
      expect(await post(envelope({ discovery_type }))).toEqual(
        invalid(["/discovery_type", "Unknown discovery type."]),
      );
    }
  });

  it("misses no agent", async () => {
    expect(await post({ discovery_type: "host_discovery", payload: hostPayload })).toEqual(
      invalid(["/agent_id", "Missing field: agent_id"]),
    );
  });

  it("misses no type", async () => {
    expect(await post({ agent_id: agent.id, payload: hostPayload })).toEqual(
      invalid(["/discovery_type", "Missing field: discovery_type"]),
    );
  });

  it("misses no payload, though it may be null", async () => {
    const { payload, ...rest } = envelope();
    expect(await post(rest)).toEqual(invalid(["/payload", "Missing field: payload"]));
  });

  it("has no other field", async () => {
    expect(await post(envelope({ more: 1, other: 2 }))).toEqual(
      invalid(["/more", "Unexpected field: more"], ["/other", "Unexpected field: other"]),
    );
  });

  it.each([["no uuid"], [""], ["9cd46919-5f19-59aa-993e-cf3736c7105"], [5], [null], [{}]])(
    "is not sent by an agent whose id is %j",
    async (agent_id) => {
      const { status, body } = await post(envelope({ agent_id }));
      expect(status).toBe(422);
      expect(body).toMatchObject({ errors: [{ title: "Invalid value", source: { pointer: "/agent_id" } }] });
    },
  );

  it("tells a bad id as the rest of the API does", async () => {
    expect(await post(envelope({ agent_id: "no uuid" }))).toEqual(
      invalid(["/agent_id", "has invalid format"]),
    );
  });

  it.each([["text"], [5], [true]])("has no payload like %j", async (payload) => {
    const { status, body } = await post(envelope({ payload }));
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ title: "Invalid value", source: { pointer: "/payload" } }] });
  });

  it.each(["[]", "null", '"text"', "5"])("is an object, not %s", async (raw) => {
    const { status, body } = await postRaw(raw);
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ title: "Invalid value", source: { pointer: "" } }] });
  });

  it("takes an id in capitals for the same agent", async () => {
    const other = await admin.agent();
    const json = { ...envelope(), agent_id: other.id.toUpperCase() };
    expect(await outcome(other.post({ json }))).toEqual(accepted);
    expect(await other.version()).toBe(1);
  });

  it("takes an agent's id of version 5, and the nil one", async () => {
    for (const agent_id of ["9cd46919-5f19-59aa-993e-cf3736c71053", "00000000-0000-0000-0000-000000000000"]) {
      expect(await post(envelope({ agent_id }))).toEqual(accepted);
    }
  });
});

describe("the payload", () => {
  it("is pointed to where it is wrong", async () => {
    expect(await collectHost({ hostname: 5 })).toEqual(invalid(["/payload/hostname", "is invalid"]));
    expect(await collectHost({ hostname: undefined, cpu_count: "many" })).toEqual(
      invalid(["/payload/hostname", "can't be blank"], ["/payload/cpu_count", "is invalid"]),
    );
    expect(await collectHost({ ip_addresses: ["10.0.0.1", 7] })).toEqual(
      invalid(["/payload/ip_addresses/1", "is invalid"]),
    );
    expect(await collectHost({ prometheus_mode: "wait" })).toEqual(
      invalid(["/payload/prometheus_mode", "is invalid"]),
    );
    expect(await collectHost({ last_boot_timestamp: "yesterday" })).toEqual(
      invalid(["/payload/last_boot_timestamp", "is invalid"]),
    );
  });

  it("is taken without what is wrong in it and not needed", async () => {
    const units = [{ name: "pacemaker.service", unit_file_state: "" }];
    expect(await collectHost({ systemd_units: units, installation_source: "devel" })).toEqual(accepted);
    expect(await outcome(agent.collect("cloud_discovery", { Provider: "other" }))).toEqual(accepted);
  });

  it("is pointed to with the keys that were sent", async () => {
    const Metadata = { disk_number: 1 };
    const { body } = await agent.collect("cloud_discovery", { Provider: "gcp", Metadata });
    expect(body).toMatchObject({
      errors: [
        { source: { pointer: "/payload/Metadata/instance_name" }, detail: "can't be blank" },
        {},
        {},
        {},
        {},
      ],
    });
    const saptune = { saptune_installed: true, package_version: "3.1.0", status: {} };
    expect(await outcome(agent.collect("saptune_discovery", saptune))).toEqual(
      invalid(["/payload/status/result", "can't be blank"]),
    );
  });

  it("is pointed to inside a list", async () => {
    expect(await outcome(agent.collect("subscription_discovery", {}))).toEqual(
      invalid(["/payload", "is invalid"]),
    );
    expect(await outcome(agent.collect("subscription_discovery", [{ identifier: "SLES_SAP" }]))).toEqual(
      invalid(
        ["/payload/0/version", "can't be blank"],
        ["/payload/0/arch", "can't be blank"],
        ["/payload/0/status", "can't be blank"],
      ),
    );
  });

  it("may be null where there is nothing to tell", async () => {
    expect(await outcome(agent.collect("ha_cluster_discovery", null))).toEqual(accepted);
    expect(await outcome(agent.collect("host_discovery", null))).toEqual(
      invalid(["/payload", "can't be blank"]),
    );
  });

  it("may have fields that nobody knows", async () => {
    expect(await collectHost({ colour: "green", nested: { a: [1] } })).toEqual(accepted);
  });
});

describe("the body", () => {
  it.each(["", "{", "nonsense", "{'agent_id': 1}", "NaN", '{"agent_id":"\u0001"}', "{}{}"])(
    "answers 400 for what is no JSON: %j",
    async (raw) => {
      expect(await postRaw(raw)).toEqual(notJson);
    },
  );

  it("answers 400 without a body", async () => {
    expect(await outcome(agent.call("POST", "/api/v1/collect"))).toEqual(notJson);
  });

  it("answers 400 for invalid UTF-8", async () => {
    const text = new TextEncoder().encode(JSON.stringify(envelope()));
    for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
      const bytes = new Uint8Array([...text.slice(0, 20), ...bad, ...text.slice(20)]);
      expect(await postRaw(bytes)).toEqual(notJson);
    }
  });

  it("is JSON whatever its content type says", async () => {
    const raw = JSON.stringify(envelope());
    const headers = { "content-type": "text/plain" };
    expect(await outcome(agent.post({ raw, headers }))).toEqual(accepted);
  });
});
