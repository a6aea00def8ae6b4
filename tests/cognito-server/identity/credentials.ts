// Owns the temporary AWS credentials this server has issued: what they are, whose, and until when. STS looks them up here.
import { type RandomSource, randomBase32 } from '../random.ts'

/** Credentials of an assumed role; `expiresAt` in milliseconds since the epoch. */
export interface IssuedCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: number
  readonly account: string
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session name>`. */
  readonly assumedRoleArn: string
  readonly userId: string
}

/** The role session name of the enhanced flow. */
const ENHANCED_FLOW = 'CognitoIdentityCredentials'

export class CredentialStore {
  readonly #random: RandomSource
  readonly #issued = new Map<string, IssuedCredentials>()
  /** A role's unique id (AROA…) is the same for everyone who assumes it. */
  readonly #roleIds = new Map<string, string>()

  constructor(random: RandomSource) {
    this.#random = random
  }

  /** Issues credentials for `arn:aws:iam::<account>:role/<name>`. RangeError for anything else. */
  issue(roleArn: string, expiresAt: number, sessionName = ENHANCED_FLOW): IssuedCredentials {
    const match = /^arn:(?<partition>aws[\w-]*):iam::(?<account>\d{12}):role\/(?:.*\/)?(?<name>[^/]+)$/.exec(
      roleArn,
    )
    const { partition = '', account = '', name = '' } = match?.groups ?? {}
    if (match === null) throw new RangeError(`not the ARN of a role: ${roleArn}`)
    const roleId = this.#roleIds.get(roleArn) ?? `AROA${randomBase32(this.#random, 17)}`
    this.#roleIds.set(roleArn, roleId)
    const issued: IssuedCredentials = {
      accessKeyId: `ASIA${randomBase32(this.#random, 16)}`,
      secretAccessKey: this.#random(30).toString('base64'),
      sessionToken: `IQoJb3JpZ2luX2Vj${this.#random(600).toString('base64')}`,
      expiresAt,
      account,
      assumedRoleArn: `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionName}`,
      userId: `${roleId}:${sessionName}`,
    }
    this.#issued.set(issued.accessKeyId, issued)
    return issued
  }

  find(accessKeyId: string): IssuedCredentials | undefined {
    return this.#issued.get(accessKeyId)
  }
}
