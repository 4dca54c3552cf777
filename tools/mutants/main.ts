/** `npm run mutants`: which mistakes would no test notice? */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { applied, drawMutants, type Mutant } from "./draw.ts";
import { type Kind, Modules } from "./modules.ts";
import { help, type Options, readOptions, WrongOption } from "./options.ts";
import { Copy, type Project } from "./trial.ts";
import { TypesOf } from "./types.ts";

interface Killer {
  readonly kind: Project | "types";
  readonly test: string;
}

function optionsOrExit(): Options {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options !== null) return options;
    console.log(help);
    return process.exit(0);
  } catch (error) {
    if (!(error instanceof WrongOption)) throw error;
    console.error(`${error.message}\n\n${help}`);
    return process.exit(2);
  }
}

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const options = optionsOrExit();
const modules = new Modules(root);
const kindOf = (path: string): Kind => (modules.ofKind("pure").includes(path) ? "pure" : "objects");
const paths = options.kinds
  .flatMap((kind) => modules.ofKind(kind))
  .filter((path) => options.only.length === 0 || options.only.some((start) => path.startsWith(start)));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const mutants = drawMutants(paths, read, options.count, options.seed);
const copy = new Copy(root, modules.files);
const types = new TypesOf(root);
const survivors: Mutant[] = [];
const killed = { unit: 0, workerd: 0, types: 0 };

/** Whether specs pass without any mistake: those that do not notice nothing. */
const sound = new Map<string, boolean>();

async function isSound(project: Project, spec: string): Promise<boolean> {
  const known = sound.get(spec);
  if (known !== undefined) return known;
  const failure = await copy.run(project, [spec]);
  if (failure !== null) console.log(`left out  ${failure.what}\n          fails without a mistake`);
  sound.set(spec, failure === null);
  return failure === null;
}

/** @returns what fails with the mistake, and does not without it */
async function failureWith(
  { path }: Mutant,
  text: string,
  project: Project,
  specs: readonly string[],
): Promise<string | null> {
  let left = specs.filter((spec) => sound.get(spec) !== false);
  while (left.length > 0) {
    copy.put(path, text);
    const failure = await copy.run(project, left);
    copy.restore(path);
    if (failure === null) return null;
    const { spec, what } = failure;
    if (spec === null || (await isSound(project, spec))) return what;
    left = left.filter((one) => one !== spec);
  }
  return null;
}

async function killerOf(mutant: Mutant): Promise<Killer | null> {
  const text = applied(read(mutant.path), mutant);
  if (types.refuse(mutant.path, text, modules.importersOf(mutant.path)))
    return { kind: "types", test: "the compiler" };
  for (const project of ["unit", "workerd"] as const) {
    if (project === "workerd" && kindOf(mutant.path) === "pure") continue;
    for (const specs of modules.stagesOf(mutant.path, project)) {
      const test = await failureWith(mutant, text, project, specs);
      if (test !== null) return { kind: project, test };
    }
  }
  return null;
}

function tell(): void {
  const tried = killed.unit + killed.workerd + killed.types + survivors.length;
  const score = tried === 0 ? 0 : (100 * (tried - survivors.length)) / tried;
  const by = `unit specs ${killed.unit}, specs on the platform ${killed.workerd}, compiler ${killed.types}`;
  console.log(`\n${tried} mistakes, seed ${options.seed}: noticed by ${by}; survived ${survivors.length}`);
  console.log(`score ${score.toFixed(1)} %`);
}

const end = (code: number) => {
  tell();
  copy.remove();
  process.exit(code);
};
process.on("SIGINT", () => end(1));
process.on("SIGTERM", () => end(1));
console.log(`${mutants.length} of the mistakes that ${paths.length} modules could have`);
for (const mutant of mutants) {
  const killer = await killerOf(mutant);
  if (killer !== null) {
    killed[killer.kind] += 1;
    console.log(`noticed   ${mutant.path}:${mutant.line}  ${mutant.what}\n          ${killer.test}`);
    continue;
  }
  survivors.push(mutant);
  const line = read(mutant.path).split("\n")[mutant.line - 1]?.trim() ?? "";
  console.log(`survived  ${mutant.path}:${mutant.line}  ${mutant.what}\n          ${line}`);
}
end(0);
