/** Facts with their names, one under the other; those that are not known ('' or '–') are left out. */
export function FactList({ facts }: { readonly facts: readonly (readonly [term: string, fact: string])[] }) {
  return (
    <dl class="session-facts">
      {facts
        .filter(([, fact]) => fact !== '' && fact !== '–')
        .map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <bdi>{fact}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}
