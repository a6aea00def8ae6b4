// Owns where the keyboard is inside a form: at what is to be filled in next, or at what was refused.

const fields = 'input:not([type="checkbox"], [type="radio"], :disabled), textarea, select'

type Fillable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const fieldsIn = (container: Element): Fillable[] => [...container.querySelectorAll<Fillable>(fields)]

/** What is marked with `data-initial-focus`, else the first input that is blank, else the first. */
export const firstField = (container: Element): HTMLElement | undefined => {
  const marked = container.querySelector<HTMLElement>('[data-initial-focus]')
  const all = fieldsIn(container)
  return marked ?? all.find(({ value }) => value === '') ?? all[0]
}

/** Focuses the input of this name and selects what is in it, so that typing replaces it. */
export const focusField = (container: Element, name: string): void => {
  const field = fieldsIn(container).find((each) => each.name === name)
  field?.focus()
  if (field !== undefined && 'select' in field) field.select()
}
