// Owns how long ids become short without losing the ends people compare.

/** Keeps `head` and `tail` characters around an ellipsis: "5f1c…b09e". Short texts stay whole. */
export const shorten = (text: string, head = 4, tail = 4): string =>
  text.length <= head + tail + 3 ? text : `${text.slice(0, head)}…${text.slice(-tail)}`

/** An issuer without its scheme, its middle left out: "cognito-idp.eu-west-1…Qx7Ab91c". */
export const shortIssuer = (issuer: string): string => {
  const bare = issuer.replace(/^https?:\/\//, '')
  const regional = /^(cognito-idp\.[a-z0-9-]+)\..*_([0-9a-zA-Z]+)$/.exec(bare)
  return regional === null ? shorten(bare, 24, 12) : `${regional[1]}…${regional[2]}`
}

/** The name at the end of a role ARN, assumed-role ARNs included: "orders-dev". Other text stays as it is. */
export const roleName = (arn: string): string => {
  const resource = /^arn:[^:]*:(?:iam|sts)::\d*:(?:assumed-)?role\/(.+)$/.exec(arn)?.[1]
  if (resource === undefined) return arn
  const parts = resource.split('/')
  // arn:aws:sts::…:assumed-role/NAME/SESSION names the role in front; paths of IAM roles name it last.
  return (arn.includes(':assumed-role/') ? parts[0] : parts.at(-1)) ?? arn
}
