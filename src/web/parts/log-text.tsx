/** A text that a stranger wrote into a log: set apart, in its own direction, and never anything but text. */
export function LogText({ children, class: extra = '' }: { readonly children: string; readonly class?: string }) {
  return <bdi class={`log ${extra}`}>{children}</bdi>;
}
