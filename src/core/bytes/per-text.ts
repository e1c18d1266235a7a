/** Answers that are remembered, and how long the texts are that they are about: longer ones are rarely the same. */
const ANSWERS = 4_096;
const TEXT_LENGTH = 512;

/** Makes a function that looks at a text once: programs say the same few sentences over and over. */
export function perText<Result>(read: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = read(text);
    if (text.length > TEXT_LENGTH) return result;
    if (known.size >= ANSWERS) known.clear();
    known.set(text, result);
    return result;
  };
}
