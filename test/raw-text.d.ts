/** A file as it is, which Vite brings along. */
declare module "*.md?raw" {
  const text: string;
  export default text;
}
