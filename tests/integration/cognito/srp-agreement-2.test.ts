// The second half of 1,000 random logins.
import { agreementOn } from './srp-agreement.ts'

agreementOn(500, 1_000)
