/** Catalogues of several files, some of them malformed. */
import { expect, it } from "vitest";
import { readAtOnce } from "./read-catalogue.ts";

const file = (id: string, name = `${id}.yaml`) => ({
  name,
  content: `id: ${JSON.stringify(id)}
name: n
group: g
description: d
remediation: r
facts: [{ name: f, gatherer: hosts }]
expectations: [{ name: e, expect: "true" }]
`,
});

it("reads what is well-formed, and tells what is not", () => {
  const broken = { name: "B.yaml", content: "id: [" };
  const { checks, defects } = readAtOnce([file("C"), broken, file("A")]);
  expect(checks.map(({ id }) => id)).toStrictEqual(["A", "C"]);
  expect(defects.map((defect) => defect.file)).toStrictEqual(["B.yaml"]);
});

it("passes over files of other kinds", () => {
  const others = [file("A", "A.yaml.wip"), file("B", "B.yml"), { name: "VERSION", content: "1" }];
  expect(readAtOnce(others)).toStrictEqual({ checks: [], defects: [] });
});

it("takes the first of two files of one name, and says so", () => {
  const { checks, defects } = readAtOnce([file("A"), file("A")]);
  expect(checks).toHaveLength(1);
  expect(defects).toMatchObject([{ file: "A.yaml", message: "There is another file of this name" }]);
});
