// A process of its own that keeps a section up to date, many times: `writer.ts <folder> <profile id> <section> <times>`. Prints a
// line for each write.
import { join } from 'node:path'
import { createAwsFiles } from '../../../main/credentials/aws-files/index.ts'
import { profileOf } from '../../unit/cognito/support.ts'

const [folder = '', id = '', section = '', times = '0'] = process.argv.slice(2)
const files = createAwsFiles({ credentials: join(folder, 'credentials'), config: join(folder, 'config') }, [
  'sesame',
])
const profile = profileOf({ id })
for (let round = 1; round <= Number(times); round += 1) {
  const credentials = {
    accessKeyId: `ASIA${String(round).padStart(16, '0')}`,
    secretAccessKey: `secret-${'s'.repeat(2_000)}-${round}`,
    sessionToken: `token-${round}`,
    expiresAt: Date.UTC(2030, 0, 1),
  }
  const awsFiles = { kind: 'credentials-section', section } as const
  const written = await files.apply({ profile, awsFiles, credentials }, { takeOver: false })
  if (!written.ok) throw new Error(JSON.stringify(written.failure))
  process.stdout.write(`${round}\n`)
}
