// Owns menus: one that drops down from a button, one that opens where the pointer is; their entries are the same.
import { Check } from 'lucide-react'
import { DropdownMenu as Radix, ContextMenu as RadixContext } from 'radix-ui'
import { createContext, type ReactElement, type ReactNode, use } from 'react'
import styles from './Menu.module.css'
import { Kbd } from './marks.tsx'

/** Radix has two families of parts with the same shape; entries take the family of the menu around them. */
const Family = createContext<typeof Radix | typeof RadixContext>(Radix)

export interface MenuProps {
  /** The button that opens it; must take a ref and DOM props. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
  /** Names the menu where the trigger's text does not. */
  label?: string
}

/** A menu under a button. */
export const Menu = ({ trigger, children, align = 'start', label }: MenuProps) => (
  <Radix.Root modal={false}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        className={styles.menu}
        align={align}
        sideOffset={5}
        collisionPadding={8}
        {...(label !== undefined && { 'aria-label': label })}
      >
        <Family value={Radix}>{children}</Family>
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)

/** A menu that opens on the second mouse button or the menu key, anywhere in its one child. */
export const ContextMenu = ({ trigger, children, label }: Omit<MenuProps, 'align'>) => (
  <RadixContext.Root modal={false}>
    <RadixContext.Trigger asChild>{trigger}</RadixContext.Trigger>
    <RadixContext.Portal>
      <RadixContext.Content
        className={styles.menu}
        collisionPadding={8}
        {...(label !== undefined && { 'aria-label': label })}
      >
        <Family value={RadixContext}>{children}</Family>
      </RadixContext.Content>
    </RadixContext.Portal>
  </RadixContext.Root>
)

export interface MenuItemProps {
  children: ReactNode
  onSelect: () => void
  icon?: ReactNode
  /** A second line, small: what this will do. */
  detail?: ReactNode
  shortcut?: string
  tone?: 'bad'
  disabled?: boolean
}

/** A command in a menu. */
export const MenuItem = ({ children, onSelect, icon, detail, shortcut, tone, disabled }: MenuItemProps) => {
  const { Item } = use(Family)
  return (
    <Item className={styles.item} data-tone={tone} onSelect={onSelect} disabled={disabled ?? false}>
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <span className={styles.text}>
        {children}
        {detail !== undefined && <small>{detail}</small>}
      </span>
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </Item>
  )
}

export interface MenuChoiceProps<V extends string> {
  label: string
  value: V
  options: readonly { readonly value: V; readonly label: string; readonly detail?: string }[]
  onValueChange: (value: V) => void
}

/** A choice in a menu: one of the options is ticked. */
export const MenuChoice = <V extends string>({
  label,
  value,
  options,
  onValueChange,
}: MenuChoiceProps<V>) => {
  const { RadioGroup, RadioItem, ItemIndicator, Label } = use(Family)
  return (
    <RadioGroup value={value} aria-label={label}>
      <Label className={styles.label}>{label}</Label>
      {options.map((option) => (
        <RadioItem
          key={option.value}
          className={styles.item}
          value={option.value}
          onSelect={() => onValueChange(option.value)}
        >
          <span className={styles.icon} aria-hidden="true">
            <ItemIndicator>
              <Check size={15} />
            </ItemIndicator>
          </span>
          <span className={styles.text}>
            {option.label}
            {option.detail !== undefined && <small>{option.detail}</small>}
          </span>
        </RadioItem>
      ))}
    </RadioGroup>
  )
}

/** A heading inside a menu. */
export const MenuLabel = ({ children }: { children: ReactNode }) => {
  const { Label } = use(Family)
  return <Label className={styles.label}>{children}</Label>
}

/** A line between groups of entries. */
export const MenuSeparator = () => {
  const { Separator } = use(Family)
  return <Separator className={styles.separator} />
}
