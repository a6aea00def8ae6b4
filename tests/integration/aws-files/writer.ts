// A process of its own that keeps a section up to date, many times: `writer.ts <folder> <profile id> <section> <times>`. Prints a
// line for each write.
import { profileOf } from '../../unit/cognito/support.ts'
import { filesIn } from './files.ts'

const [folder = '', id = '', section = '', times = '0'] = process.argv.slice(2)
const files = filesIn(folder)
const profile = profileOf({ id })
// No timer of a lock keeps a process alive; the app's window does.
const alive = setInterval(() => undefined, 60_000)
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
clearInterval(alive)
