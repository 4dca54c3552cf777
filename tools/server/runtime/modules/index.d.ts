/** The product's bundle, which the runtime loads beside `entry.js`. */
export * from "../../../../workers/index.ts";
export { default } from "../../../../workers/index.ts";
