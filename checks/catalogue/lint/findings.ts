/** What is found in one file. */
import type { Defect } from "../../definition.ts";
import type { Path } from "../keys.ts";
import type { Place, Places } from "../places.ts";

export interface Finding extends Defect {
  /** A check with an error does not do what it says; one with a warning may. */
  readonly severity: "error" | "warning";
}

/** Findings begin with the path of what they are about, as the reasons of a file that is no check do. */
export class Findings {
  readonly all: Finding[] = [];
  readonly #file: string;
  readonly #places: Places;

  constructor(file: string, places: Places) {
    this.#file = file;
    this.#places = places;
  }

  error(path: Path, reason: string): void {
    this.#add(this.#places.of(path), path, reason, "error");
  }

  warning(path: Path, reason: string): void {
    this.#add(this.#places.of(path), path, reason, "warning");
  }

  /** The key itself is wrong, whatever it says. */
  errorOfKey(path: Path, reason: string): void {
    this.#add(this.#places.ofKey(path), path, reason, "error");
  }

  /** @param place counted from 1, within the text that stands at the path */
  errorInText(path: Path, { line, column }: Place, reason: string): void {
    this.#add(this.#places.inText(path, line, column), path, reason, "error");
  }

  /** As `errorInText`. */
  warningInText(path: Path, { line, column }: Place, reason: string): void {
    this.#add(this.#places.inText(path, line, column), path, reason, "warning");
  }

  #add(place: Place, path: Path, reason: string, severity: Finding["severity"]): void {
    this.all.push({ file: this.#file, ...place, message: `${path.join(".")} ${reason}`, severity });
  }
}
