/** The catalogue that comes with the program: `npm run checks:build` puts it together from `checks/catalog/`. */
import { z } from "zod";
import own from "./catalog.gen.json" with { type: "json" };
import { type Catalogue, checkDefinitionSchema } from "./definition.ts";

export const ownCatalogue: Catalogue = z
  .object({ name: z.string(), version: z.string(), checks: z.array(checkDefinitionSchema) })
  .parse(own);
