/** Where the binary of the runtime is: its package says, for this machine. */
import { createRequire } from "node:module";
import { z } from "zod";

const packageSchema = z.looseObject({ default: z.string() });

export const workerd = packageSchema.parse(createRequire(import.meta.url)("workerd")).default;
