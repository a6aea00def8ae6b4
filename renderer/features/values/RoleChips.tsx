// Owns IAM roles as chips: the name is shown, the whole ARN is in the tooltip.
import { roleName } from '../../format/shorten.ts'
import { Chip, ChipList, Tooltip } from '../../ui/index.ts'

export const RoleChips = ({ arns }: { arns: readonly string[] }) => (
  <ChipList>
    {arns.map((arn) => (
      <Tooltip key={arn} text={arn}>
        <span>
          <Chip>{roleName(arn)}</Chip>
        </span>
      </Tooltip>
    ))}
  </ChipList>
)
