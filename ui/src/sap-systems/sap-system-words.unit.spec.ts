/** Of which type an SAP system is. */
import { describe, expect, it } from "vitest";
import { ensaInWords, typesOf } from "./sap-system-words.ts";

describe("the type of an SAP system", () => {
  it.each([
    [["MESSAGESERVER|ENQUE", "ABAP|GATEWAY|ICMAN|IGS"], ["ABAP"]],
    [["MESSAGESERVER|ENQUE", "J2EE|IGS"], ["JAVA"]],
    [
      ["J2EE|IGS", "ABAP|GATEWAY", "ABAP"],
      ["ABAP", "JAVA"],
    ],
    [["MESSAGESERVER|ENQUE", "NOTABAP"], []],
    [[], []],
  ])("with the features %j is %j", (features, types) => {
    expect(typesOf(features.map((one) => ({ features: one })))).toEqual(types);
  });
});

it("tells the enqueue server's generation", () => {
  expect(ensaInWords("ensa2")).toBe("ENSA2");
  expect(ensaInWords("no_ensa")).toBe("None");
});
