/**
 * `dialog` and `shell`: written down, nothing shown, every question answered as if cancelled. A test that wants another
 * answer replaces the member through `electronApp.evaluate`, as it would in Electron.
 */
import { note } from '../journal.ts'
import { loud } from '../loud.ts'
import { isVisible, tellPerson } from '../visible.ts'
import { browserWindows } from '../window/registry.ts'
import { openUrl } from './open-url.ts'

/** Dialogs take an optional window before their options. */
type DialogArguments<Options> = [options: Options] | [window: object, options: Options]
const optionsOf = <Options>(args: DialogArguments<Options>): Options =>
  args.length === 1 ? args[0] : args[1]

const cancelOf = ({ cancelId = 0 }: Electron.MessageBoxOptions): number => cancelId

/**
 * A question box in the page: OK is the first button that does not cancel. Without a window the person has just closed
 * it, and that is taken for OK: nobody is left who could be asked.
 */
async function askPerson(options: Electron.MessageBoxOptions): Promise<number> {
  const { message, detail = '', buttons = ['OK'] } = options
  const cancel = cancelOf(options)
  const agree = Math.max(
    buttons.findIndex((_button, index) => index !== cancel),
    0,
  )
  const meaning = `OK: ${buttons[agree]}    Cancel: ${buttons[cancel]}`
  const window = browserWindows.find((candidate) => !candidate.hostIsLost())
  const answer = await window?.webContents.hostConfirm([message, detail, meaning].join('\n\n'))
  const response = answer === false ? cancel : agree
  tellPerson(`"${message}" was answered with "${buttons[response]}"`)
  return response
}

export const dialog = loud('dialog', {
  async showOpenDialog(...args: DialogArguments<Electron.OpenDialogOptions>) {
    note('dialog.showOpenDialog', optionsOf(args))
    tellPerson('a file dialog was answered with "Cancel"')
    return { canceled: true, filePaths: [] }
  },
  async showSaveDialog(...args: DialogArguments<Electron.SaveDialogOptions>) {
    note('dialog.showSaveDialog', optionsOf(args))
    tellPerson('a file dialog was answered with "Cancel"')
    return { canceled: true, filePath: '' }
  },
  async showMessageBox(...args: DialogArguments<Electron.MessageBoxOptions>) {
    const options = optionsOf(args)
    note('dialog.showMessageBox', options)
    const response = isVisible ? await askPerson(options) : cancelOf(options)
    return { response, checkboxChecked: options.checkboxChecked ?? false }
  },
  showErrorBox(title, content) {
    note('dialog.showErrorBox', title, content)
    console.error(`ErrorBox: ${title}\n${content}`)
  },
} satisfies Partial<Electron.Dialog>)

export const shell = loud('shell', {
  async openExternal(url) {
    const parsed = new URL(url)
    note('shell.openExternal', url)
    if (isVisible) openUrl(parsed)
  },
  async openPath(path) {
    note('shell.openPath', path)
    tellPerson(`would open ${path}`)
    return ''
  },
  showItemInFolder(path) {
    note('shell.showItemInFolder', path)
    tellPerson(`would show ${path}`)
  },
  async trashItem(path) {
    note('shell.trashItem', path)
  },
  beep: () => note('shell.beep'),
} satisfies Partial<Electron.Shell>)
