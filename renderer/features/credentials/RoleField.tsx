// Owns the choice of a role where the token offers several: kept on the profile, because everything exported is of that role.

import type { ProfileView } from '../../../preload/views.ts'
import { roleName } from '../../format/shorten.ts'
import { type LiveSession, updateProfile } from '../../state/index.ts'
import { Field, Select } from '../../ui/index.ts'

const poolsChoice = ''

export const RoleField = ({ view, live }: { view: ProfileView; live: LiveSession }) => {
  const { roleArn } = view.profile
  const { roles, preferredRole } = live
  if (roles.length === 0 && roleArn === undefined) return null
  // A role that the profile names and the token does not offer is shown too: it is why there are no credentials.
  const offered = roleArn === undefined || roles.includes(roleArn) ? roles : [...roles, roleArn]
  const options = [
    { value: poolsChoice, label: "The identity pool's choice" },
    ...offered.map((arn) => ({
      value: arn,
      label: `${roleName(arn)}${arn === preferredRole ? ' (preferred)' : roles.includes(arn) ? '' : ' (not in the token)'}`,
    })),
  ]
  return (
    <Field label="Role">
      <Select
        options={options}
        value={roleArn ?? poolsChoice}
        onValueChange={(arn) => void updateProfile(view, { roleArn: arn === poolsChoice ? undefined : arn })}
      />
    </Field>
  )
}
