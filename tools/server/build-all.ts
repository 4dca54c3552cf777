/** `npm run build`: builds the Worker and the UI. */
import { build } from "./build.ts";

await build((step) => console.log(step));
