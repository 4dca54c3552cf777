/** What is typed into a field is the field's own: the address follows, and never writes over who types. */
import { type ChangeEvent, type CompositionEvent, useEffect, useRef, useState } from "react";

interface Typed {
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onCompositionStart: () => void;
  readonly onCompositionEnd: (event: CompositionEvent<HTMLInputElement>) => void;
}

/** @param said what the address says @param ask puts it there, which takes a while */
export function useTyped(said: string, ask: (text: string) => void): Typed {
  const [value, setValue] = useState(said);
  /** The last that was asked for, and all that may come back late from the address before it. */
  const asked = useRef(said);
  const own = useRef(new Set<string>());
  const isComposing = useRef(false);

  useEffect(() => {
    if (said === asked.current) {
      own.current.clear();
    } else if (!own.current.has(said)) {
      // Changed by something else, as a link or "Show all".
      own.current.clear();
      asked.current = said;
      setValue(said);
    }
  }, [said]);

  function put(text: string) {
    if (text === asked.current) return;
    own.current.add(asked.current);
    asked.current = text;
    ask(text);
  }

  return {
    value,
    onChange: (event) => {
      setValue(event.currentTarget.value);
      if (!isComposing.current) put(event.currentTarget.value);
    },
    // Half a word of a script that is composed is nobody's search.
    onCompositionStart: () => {
      isComposing.current = true;
    },
    onCompositionEnd: (event) => {
      isComposing.current = false;
      put(event.currentTarget.value);
    },
  };
}
