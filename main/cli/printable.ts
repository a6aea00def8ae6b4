// Owns what may reach a terminal of a text that came from elsewhere. Loads nothing: the fast path uses it too.

/** Names, claims and what other sides say may not move the cursor, colour the screen or write to the clipboard. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '�')
