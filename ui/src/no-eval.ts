/** The page's policy allows no code made at run time. This comes before every schema, which would else try. */
import { z } from "zod";

z.config({ jitless: true });
