// Owns reading the outputs file of the AWS CDK (`cdk deploy --outputs-file`): names are the stack author's, so values decide.
import { clientIdPattern, identityPoolIdPattern, isLoginDomain, userPoolIdPattern } from '../patterns.ts'
import { type Candidate, type Data, type DataObject, isObject, known } from './candidate.ts'

interface Output {
  readonly name: string
  readonly value: string
}

/** Cognito's client ids have 26 characters; shorter words of the same letters mean something else in a stack. */
const isClientId = ({ name, value }: Output): boolean =>
  /client/i.test(name) && value.length >= 20 && clientIdPattern.test(value)

const isDomain = ({ name, value }: Output): boolean =>
  /domain|hosted.?ui|login/i.test(name) && value.includes('.') && isLoginDomain(value)

const commonPrefix = (one: string, other: string): number => {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

/** Of several user pools in a stack, the one whose output is named most alike. */
const nearest = (outputs: readonly Output[], name: string): Output | undefined =>
  outputs.toSorted((a, b) => commonPrefix(b.name, name) - commonPrefix(a.name, name))[0]

const fromStack = (stack: string, outputs: DataObject): Candidate[] => {
  const all = Object.entries(outputs).flatMap(([name, value]): Output[] =>
    typeof value === 'string' ? [{ name, value: value.trim() }] : [],
  )
  const pools = all.filter(({ value }) => userPoolIdPattern.test(value))
  const clients = all.filter(isClientId)
  const identityPools = all.filter(({ value }) => identityPoolIdPattern.test(value))
  const domains = all.filter(isDomain)
  const candidate = (pool: Output, client: Output | undefined): Candidate => ({
    settings: known({
      userPoolId: pool.value,
      clientId: client?.value,
      identityPoolId: nearest(identityPools, pool.name)?.value,
      domain: nearest(domains, pool.name)?.value,
    }),
    from: stack,
    notes: [],
  })
  const paired = clients.flatMap((client) => {
    const pool = nearest(pools, client.name)
    return pool === undefined ? [] : [{ pool, client }]
  })
  const alone = pools.filter((pool) => paired.every((pair) => pair.pool !== pool))
  return [
    ...paired.map(({ pool, client }) => candidate(pool, client)),
    ...alone.map((pool) => candidate(pool, undefined)),
  ]
}

/** The profiles a CDK outputs file describes, one for each app client; none for any other text. */
export const readCdkOutputs = (data: Data): readonly Candidate[] =>
  isObject(data)
    ? Object.entries(data).flatMap(([stack, outputs]) => (isObject(outputs) ? fromStack(stack, outputs) : []))
    : []
