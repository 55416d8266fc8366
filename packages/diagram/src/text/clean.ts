/**
 * A user's text as it may be drawn: one line, without control characters, direction overrides (they could reorder what stands
 * around them) and halves of surrogate pairs. XML 1.0 forbids most of these outright.
 */
export function clean(text: string): string {
  return text
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd');
}
