/** Builds what `main.ts` measures: the module with `repeat`, and the native program. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildModule, buildPrograms } from "../build/cargo.ts";
import { crateFolder, packageFolder, weighFolder } from "../build/paths.ts";

const products = join(packageFolder, "dist");
writeFileSync(
  join(products, "bench.wasm"),
  buildModule(crateFolder, weighFolder, join(products, "cargo"), ["bench"]),
);
buildPrograms(crateFolder, join(products, "cargo"));
