// Owns which role an identity pool gives to a token: a pure rule over the token's claims. Knows nothing of credentials.
// Source: identity pools guide, "Role-based access control".

export type AmbiguousRole = 'authenticated-role' | 'deny'

/** How a provider's tokens become roles. */
export type RoleMapping =
  | { readonly type: 'token'; readonly ambiguous: AmbiguousRole }
  | { readonly type: 'rules'; readonly rules: readonly RoleRule[]; readonly ambiguous: AmbiguousRole }

export interface RoleRule {
  readonly claim: string
  readonly matches: 'equals' | 'contains' | 'starts-with' | 'not-equal'
  readonly value: string
  readonly roleArn: string
}

export type RoleChoice =
  | { readonly kind: 'role'; readonly roleArn: string }
  /** The mapping is set to deny what it cannot decide. */
  | { readonly kind: 'denied' }
  /** The asked-for role is not one of the token's. */
  | { readonly kind: 'not-in-token' }
  /** The pool has no role to give. */
  | { readonly kind: 'unconfigured' }

type Claims = Readonly<Record<string, unknown>>

/** The role for a token. A custom role has to be in `cognito:roles`, whatever the mapping says. */
export function chooseRole(
  claims: Claims,
  mapping: RoleMapping | undefined,
  authenticatedRole: string | undefined,
  customRoleArn: string | undefined,
): RoleChoice {
  const roles = rolesOf(claims)
  if (customRoleArn !== undefined) {
    return roles.includes(customRoleArn) ? role(customRoleArn) : { kind: 'not-in-token' }
  }
  const mapped = mapping === undefined ? undefined : mappedRole(claims, roles, mapping)
  if (mapped !== undefined) return role(mapped)
  if (mapping?.ambiguous === 'deny') return { kind: 'denied' }
  return authenticatedRole === undefined ? { kind: 'unconfigured' } : role(authenticatedRole)
}

const role = (roleArn: string): RoleChoice => ({ kind: 'role', roleArn })

function rolesOf(claims: Claims): string[] {
  const roles = claims['cognito:roles']
  return Array.isArray(roles) ? roles.filter((entry) => typeof entry === 'string') : []
}

function mappedRole(claims: Claims, roles: readonly string[], mapping: RoleMapping): string | undefined {
  if (mapping.type === 'rules') return mapping.rules.find((rule) => ruleMatches(rule, claims))?.roleArn
  const preferred = claims['cognito:preferred_role']
  if (typeof preferred === 'string') return preferred
  return roles.length === 1 ? roles[0] : undefined
}

const MATCHERS: Readonly<
  Record<RoleRule['matches'], (values: readonly string[], wanted: string) => boolean>
> = {
  equals: (values, wanted) => values.includes(wanted),
  contains: (values, wanted) => values.some((value) => value.includes(wanted)),
  'starts-with': (values, wanted) => values.some((value) => value.startsWith(wanted)),
  'not-equal': (values, wanted) => !values.includes(wanted),
}

function ruleMatches(rule: RoleRule, claims: Claims): boolean {
  const claim = claims[rule.claim]
  if (claim === undefined) return false
  const values = (Array.isArray(claim) ? claim : [claim]).map(String)
  return MATCHERS[rule.matches](values, rule.value)
}
