/** A file as it is, which Vite brings along. */
declare module "*.md?raw" {
  const text: string;
  export default text;
}

/** All files of a pattern, which Vite brings along. */
interface ImportMeta {
  glob(
    pattern: string,
    options: { readonly query: "?raw"; readonly import: "default"; readonly eager: true },
  ): Readonly<Record<string, string>>;
}
