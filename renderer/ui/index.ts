// What features build on. Import from here.
export { Button, type ButtonProps, IconButton, type IconButtonProps, LinkButton } from './Button.tsx'
export { CodeInput, type CodeInputProps, digitsOf } from './CodeInput.tsx'
export { BareDialog, Dialog, type DialogProps } from './Dialog.tsx'
export { FailureMessage, type FailureMessageProps } from './FailureMessage.tsx'
export { Field, type FieldProps } from './Field.tsx'
export { firstField, focusField } from './focus.ts'
export { Hidden } from './Hidden.tsx'
export {
  Checkbox,
  type CheckboxProps,
  type Option,
  PasswordInput,
  Segmented,
  type SegmentedProps,
  Select,
  type SelectProps,
  TextArea,
  TextInput,
  type TextInputProps,
} from './inputs.tsx'
export { keepFocus } from './keep-focus.ts'
export {
  ContextMenu,
  Menu,
  MenuChoice,
  MenuItem,
  type MenuItemProps,
  MenuLabel,
  MenuSeparator,
} from './Menu.tsx'
export {
  Badge,
  Chip,
  ChipList,
  Chips,
  CodeBlock,
  Kbd,
  Note,
  type NoteProps,
  StatusDot,
  type Tone,
} from './marks.tsx'
export { oncePointerRests } from './pointer.ts'
export { Spinner } from './Spinner.tsx'
export { Tooltip, TooltipProvider } from './Tooltip.tsx'
