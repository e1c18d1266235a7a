/** An ISO 8601 time with a blank instead of the `T`: spreadsheets take `2026-01-31T14:00:05` for text. */
export function spacedTime(iso: string): string {
  return iso.replace('T', ' ');
}
