/** Faults of the product that are known and not mended in it yet: mended as it is loaded, so that the next is found. */
import type { Change } from "./plants.ts";

/** `MEND=none` leaves them; `MEND=a,b` mends these alone. */
export const mends: Readonly<Record<string, readonly Change[]>> = {};
