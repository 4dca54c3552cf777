/** Asks the compiler whether it refuses a mistake: in the module itself, or in those that import it. */
import { join } from "node:path";
import ts from "typescript";

export class TypesOf {
  readonly #service: ts.LanguageService;
  readonly #root: string;
  readonly #changed = new Map<string, string>();
  #version = 0;

  constructor(root: string) {
    this.#root = root;
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => fileNames,
      getScriptVersion: (path) => (this.#changed.has(path) ? String(this.#version) : "0"),
      getScriptSnapshot: (path) => {
        const text = this.#changed.get(path) ?? ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: ts.sys.fileExists,
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
    });
  }

  refuse(path: string, text: string, importers: readonly string[]): boolean {
    const full = join(this.#root, path);
    this.#changed.clear();
    this.#changed.set(full, text);
    this.#version += 1;
    const program = this.#service.getProgram();
    const errors = [path, ...importers].some((one) => {
      const file = join(this.#root, one);
      return program?.getSourceFile(file) === undefined
        ? false
        : this.#service.getSemanticDiagnostics(file).length > 0;
    });
    return errors || this.#service.getSyntacticDiagnostics(full).length > 0;
  }
}
