/** A sentence of ftplens: in its own direction, as names out of a log are in it, and with what stands in backquotes as code. */
export function Sentence({ children, class: extra = '' }: { readonly children: string; readonly class?: string }) {
  const parts = children.split('`');
  return (
    <bdi class={extra}>
      {parts.length % 2 === 0 ? children : parts.map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}
    </bdi>
  );
}
