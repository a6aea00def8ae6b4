// Owns which dialog component stands for which open dialog. Each is loaded when first opened: the list paints sooner.
import { lazy, Suspense } from 'react'
import { unreachable } from './format/unreachable.ts'
import { closeDialog, useDialog } from './state/index.ts'

const SignInDialog = lazy(async () => ({
  default: (await import('./features/sign-in/SignInDialog.tsx')).SignInDialog,
}))
const ProfileFormDialog = lazy(async () => ({
  default: (await import('./features/profile-form/ProfileFormDialog.tsx')).ProfileFormDialog,
}))
const RemoveProfileDialog = lazy(async () => ({
  default: (await import('./features/profile-form/RemoveProfileDialog.tsx')).RemoveProfileDialog,
}))
const ImportDialog = lazy(async () => ({
  default: (await import('./features/import/ImportDialog.tsx')).ImportDialog,
}))
const SignOutEverywhereDialog = lazy(async () => ({
  default: (await import('./features/sign-out/SignOutEverywhereDialog.tsx')).SignOutEverywhereDialog,
}))
const CommandPalette = lazy(async () => ({
  default: (await import('./features/palette/CommandPalette.tsx')).CommandPalette,
}))

const OpenDialog = () => {
  const dialog = useDialog()
  if (dialog === null) return null
  switch (dialog.kind) {
    case 'sign-in':
      return <SignInDialog profileId={dialog.profileId} onClose={closeDialog} />
    case 'add-profile':
      return <ProfileFormDialog mode={{ kind: 'add', preset: dialog.preset }} onClose={closeDialog} />
    case 'edit-profile':
      return <ProfileFormDialog mode={{ kind: 'edit', profileId: dialog.profileId }} onClose={closeDialog} />
    case 'remove-profile':
      return <RemoveProfileDialog profileId={dialog.profileId} onClose={closeDialog} />
    case 'import-profiles':
      return <ImportDialog begun={dialog.begun} onClose={closeDialog} />
    case 'sign-out-everywhere':
      return <SignOutEverywhereDialog onClose={closeDialog} />
    case 'palette':
      return <CommandPalette onClose={closeDialog} />
    default:
      return unreachable(dialog)
  }
}

export const Dialogs = () => (
  <Suspense fallback={null}>
    <OpenDialog />
  </Suspense>
)
