/** Cleaning up instances, and their return. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  Administrator,
  call,
  done,
  forbidden,
  invalid,
  notFound,
  outcome,
  refused,
  signInReader,
  unauthorized,
} from "../../test/api-client.ts";
import { type Landscape, systemAt, time } from "./examples.spec.ts";

const present = refused(
  422,
  "Unprocessable Entity",
  "Requested operation not allowed for present SAP instances.",
);

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

const remove = (path: string) => outcome(admin.call("DELETE", path));
const ofSystem = ({ place, above }: Landscape, number: string) =>
  `/api/v1/sap_systems/${place.systemId}/hosts/${above.id}/instances/${number}`;
const ofDatabase = ({ place, below }: Landscape, number = "00") =>
  `/api/v1/databases/${place.databaseId}/hosts/${below.id}/instances/${number}`;

const numbersOf = (found: { instance_number: string }[] | undefined) =>
  found?.map(({ instance_number }) => instance_number);
const shownOf = async ({ place }: Landscape) =>
  numbersOf((await admin.sapSystem(place.systemId))?.application_instances);

/** The application tells of its first instances alone. */
const tellsOf = ({ above, application }: Landscape, count: number) =>
  above.tells(
    "sap_system_discovery",
    application.map((one) => ({ ...one, Instances: one.Instances.slice(0, count) })),
  );

describe("DELETE an instance", () => {
  it("is not allowed while it is there", async () => {
    const landscape = await systemAt(admin);
    for (const path of [ofSystem(landscape, "01"), ofDatabase(landscape)]) {
      expect(await remove(path)).toEqual(present);
      expect(await remove(path.replace(landscape.above.id, landscape.above.id.toUpperCase()))).toEqual(
        present,
      );
    }
    expect(await shownOf(landscape)).toEqual(["00", "01"]);
  });

  it("takes one of an application that is absent from the list, once; it returns when it is told of again", async () => {
    const landscape = await systemAt(admin);
    const extra = [...landscape.application].map((one) => ({
      ...one,
      Instances: [...one.Instances, ...one.Instances.slice(1).map((last) => renumbered(last, "02"))],
    }));
    await landscape.above.tells("sap_system_discovery", extra);
    await expect.poll(() => shownOf(landscape)).toEqual(["00", "01", "02"]);
    await tellsOf(landscape, 2);
    const path = ofSystem(landscape, "02");
    expect(await remove(path)).toEqual(done);
    await expect.poll(() => shownOf(landscape)).toEqual(["00", "01"]);
    expect(await remove(path)).toEqual(notFound);
    await landscape.above.tells("sap_system_discovery", extra);
    await expect.poll(() => shownOf(landscape)).toEqual(["00", "01", "02"]);
  });

  it("takes the system with what it cannot be without; both return, with their tags", async () => {
    const landscape = await systemAt(admin);
    const { place } = landscape;
    await admin.call("POST", `/api/v1/sap_systems/${place.systemId}/tags`, { json: { value: "kept" } });
    await tellsOf(landscape, 1);
    await expect
      .poll(async () => (await admin.sapSystem(place.systemId))?.application_instances[1]?.absent_at)
      .toEqual(time);
    expect(await remove(ofSystem(landscape, "01"))).toEqual(done);
    await expect.poll(() => admin.sapSystem(place.systemId)).toBeUndefined();
    expect(await admin.healthSummary(place.systemId)).toBeUndefined();
    expect(await admin.database(place.databaseId)).toBeDefined();
    await tellsOf(landscape, 2);
    await expect.poll(() => shownOf(landscape)).toEqual(["00", "01"]);
    expect((await admin.sapSystem(place.systemId))?.tags).toMatchObject([{ value: "kept" }]);
  });

  it("takes a database with its last, and the system that lived on it; all return, with their tags", async () => {
    const landscape = await systemAt(admin);
    const { place, below, database, above, application } = landscape;
    await admin.call("POST", `/api/v1/databases/${place.databaseId}/tags`, { json: { value: "kept" } });
    await below.tells("sap_system_discovery", []);
    expect(await remove(ofDatabase(landscape))).toEqual(done);
    await expect.poll(() => admin.database(place.databaseId)).toBeUndefined();
    await expect.poll(() => admin.sapSystem(place.systemId)).toBeUndefined();
    expect(await remove(ofDatabase(landscape))).toEqual(notFound);
    await below.tells("sap_system_discovery", database);
    await expect.poll(() => admin.database(place.databaseId)).toMatchObject({ tags: [{ value: "kept" }] });
    await above.tells("sap_system_discovery", application);
    await expect.poll(() => shownOf(landscape)).toEqual(["00", "01"]);
  });

  it("answers 404 for what is not there", async () => {
    const landscape = await systemAt(admin);
    const { place, above, below } = landscape;
    const other = crypto.randomUUID();
    for (const path of [
      ofSystem(landscape, "05"),
      ofSystem(landscape, "01").replace(above.id, other),
      ofSystem(landscape, "01").replace(above.id, below.id),
      ofSystem(landscape, "01").replace(place.systemId, other),
      ofSystem(landscape, "01").replace(place.systemId, place.databaseId),
      ofDatabase(landscape, "05"),
      ofDatabase(landscape).replace(below.id, above.id),
      ofDatabase(landscape).replace(place.databaseId, other),
    ]) {
      expect(await remove(path), path).toEqual(notFound);
    }
  });

  it.each(["sap_systems", "databases"])("answers 422 for what names nothing: %s", async (kind) => {
    const id = crypto.randomUUID();
    const format = "has invalid format";
    for (const odd of [
      "5",
      "no-uuid",
      "__proto__",
      "constructor",
      `${id}0`,
      encodeURIComponent("é/\u0000"),
    ]) {
      expect(await remove(`/api/v1/${kind}/${odd}/hosts/${id}/instances/00`)).toEqual(
        invalid(["/id", format]),
      );
      expect(await remove(`/api/v1/${kind}/${id}/hosts/${odd}/instances/00`)).toEqual(
        invalid(["/host_id", format]),
      );
    }
    const path = (number: string) => `/api/v1/${kind}/${id}/hosts/${id}/instances/${number}`;
    expect(await remove(path("9".repeat(1_025)))).toEqual(
      invalid(["/instance_number", "should be at most 1024 characters"]),
    );
    for (const odd of ["000", "a", "-1", "__proto__", "%30%00", encodeURIComponent("٣٤/'"), "%"]) {
      expect(await remove(path(odd)), odd).toEqual(notFound);
    }
  });

  it("is for users who may clean up", async () => {
    const landscape = await systemAt(admin);
    const reader = await signInReader();
    for (const path of [ofSystem(landscape, "01"), ofDatabase(landscape)]) {
      expect(await outcome(call("DELETE", path))).toEqual(unauthorized);
      expect(await outcome(landscape.above.call("DELETE", path))).toEqual(unauthorized);
      expect(await outcome(reader("DELETE", path))).toEqual(forbidden);
    }
  });
});

function renumbered<I extends Landscape["application"][number]["Instances"][number]>(
  instance: I,
  number: string,
): I {
  const { Properties, Instances } = instance.SAPControl;
  return {
    ...instance,
    SAPControl: {
      ...instance.SAPControl,
      Properties: Properties.map((one) => (one.property === "SAPSYSTEM" ? { ...one, value: number } : one)),
      Instances: Instances.map((one) => ({ ...one, instanceNr: Number(number) })),
    },
  };
}
