/** An editor of YAML that shows where something is wrong. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { yaml } from "@codemirror/legacy-modes/mode/yaml";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import type { Finding } from "../../../checks/catalogue/lint.ts";

const colors = HighlightStyle.define([
  { tag: tags.atom, color: "var(--mantine-color-cyan-text)" },
  { tag: tags.definition(tags.variableName), color: "var(--mantine-color-cyan-text)" },
  { tag: tags.keyword, color: "var(--mantine-color-grape-text)" },
  { tag: tags.string, color: "var(--mantine-color-teal-text)" },
  { tag: tags.number, color: "var(--mantine-color-orange-text)" },
  { tag: tags.comment, color: "var(--mantine-color-dimmed)" },
  { tag: tags.meta, color: "var(--mantine-color-dimmed)" },
]);

const look = EditorView.theme({
  "&": {
    fontSize: "13px",
    border: "1px solid var(--mantine-color-default-border)",
    borderRadius: "8px",
    backgroundColor: "var(--mantine-color-body)",
  },
  ".cm-gutters": { backgroundColor: "transparent", border: "none", color: "var(--mantine-color-dimmed)" },
  ".cm-content": { caretColor: "var(--mantine-color-text)" },
  ".cm-cursor": { borderLeftColor: "var(--mantine-color-text)" },
  ".cm-scroller": {
    fontFamily: "var(--mantine-font-family-monospace)",
    minHeight: "420px",
    maxHeight: "70vh",
  },
  ".cm-tooltip": { color: "black" },
});

function diagnosticsOf(state: EditorState, findings: readonly Finding[]): Diagnostic[] {
  return findings.map(({ line, column, message, severity }) => {
    const at = state.doc.line(Math.min(line, state.doc.lines));
    const from = Math.min(at.from + column - 1, at.to);
    const word = /^\S+/.exec(state.doc.sliceString(from, at.to))?.[0].length ?? 0;
    return { from, to: Math.max(from + word, from), severity, message };
  });
}

interface EditorProps {
  readonly label: string;
  /** What it begins with: another one begins anew. */
  readonly initial: string;
  readonly findings: readonly Finding[];
  readonly onChange: (text: string) => void;
}

export function Editor({ label, initial, findings, onChange }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (place.current === null) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          bracketMatching(),
          lintGutter(),
          StreamLanguage.define(yaml),
          syntaxHighlighting(colors),
          keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ "aria-label": label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell.current(update.state.doc.toString());
          }),
          look,
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [initial, label]);
  useEffect(() => {
    const editor = view.current;
    if (editor !== null) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state, findings)));
  }, [findings]);
  return <div ref={place} />;
}
