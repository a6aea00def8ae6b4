// A process that asks a user pool in both ways Sesame has, by fetch and by the SDK, and prints how that went.
import { userPools } from '../../../main/cognito/clients.ts'
import { createIssuer } from '../../../main/cognito/index.ts'
import { leaveByProxy, proxyFromEnvironment } from '../../../main/proxy.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { sampleProfile } from '../../unit/vault/samples.ts'

const [url = ''] = process.argv.slice(2)
await leaveByProxy(proxyFromEnvironment(process.env))
const profile = { ...sampleProfile(), userPoolId: 'eu-west-1_Network1', endpoints: { userPool: url } }
const checked = await createIssuer({ clock: systemClock }).check(profile)
const pool = await userPools(systemClock)({ url, region: 'eu-west-1' })
const asked = await pool.forgotPassword({ ClientId: 'networkclient', Username: 'ana' })
const said = [checked, asked].map((result) =>
  result.ok ? 'answered' : `${result.failure.code}: ${result.failure.detail}`,
)
process.stdout.write(JSON.stringify(said))
