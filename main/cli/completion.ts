// Owns completion scripts for bash, zsh and fish, written from the parser's own tree, so that they cannot fall behind it. Profile
// names are asked of the command itself when they are needed.
import type { Argument, Command, Option } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** What a value may be; `other` can be anything. */
type Values =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'profiles' | 'files' | 'other' }

interface Flag {
  readonly flag: string
  readonly description: string
  /** Undefined where it takes no value. */
  readonly values: Values | undefined
}

interface Node {
  /** The words that lead here, such as `profiles list`. */
  readonly path: string
  readonly description: string
  readonly subcommands: readonly Node[]
  readonly flags: readonly Flag[]
  /** Of the arguments. */
  readonly values: Values
}

const valuesOf = (name: string, choices: readonly string[] | undefined): Values => {
  if (choices !== undefined) return { kind: 'choices', choices }
  if (name === 'profile' || name === 'profiles') return { kind: 'profiles' }
  return { kind: name === 'file' || name === 'dir' ? 'files' : 'other' }
}

const ofArgument = (argument: Argument): Values => valuesOf(argument.name(), argument.argChoices)

/** `--output <file>` takes a file. */
const ofOption = ({ flags, required, argChoices }: Option): Values | undefined =>
  required ? valuesOf(/<(\w+)/.exec(flags)?.[1] ?? '', argChoices) : undefined

const nodeOf = (command: Command, path: string, inherited: readonly Option[]): Node => {
  const options = [...command.options, ...inherited]
  const [argument] = command.registeredArguments
  return {
    path,
    description: command.description(),
    subcommands: command.commands.map((sub) =>
      nodeOf(sub, path === '' ? sub.name() : `${path} ${sub.name()}`, options),
    ),
    flags: options.flatMap((option) =>
      option.long ? [{ flag: option.long, description: option.description, values: ofOption(option) }] : [],
    ),
    values: argument === undefined ? { kind: 'other' } : ofArgument(argument),
  }
}

const flat = (node: Node): readonly Node[] => [node, ...node.subcommands.flatMap(flat)]

const lastWord = (path: string): string => path.slice(path.lastIndexOf(' ') + 1)

/** The words a person may write after `path`. */
const wordsOf = ({ subcommands, flags, values }: Node): readonly string[] => [
  ...subcommands.map(({ path }) => lastWord(path)),
  ...(values.kind === 'choices' ? values.choices : []),
  ...flags.map(({ flag }) => flag),
]

/** Every option with a value to write behind it: where it stands, and what may be written. */
const valueCases = (nodes: readonly Node[]) =>
  nodes.flatMap(({ path, flags }) =>
    flags.flatMap(({ flag, values }) => (values === undefined ? [] : [{ at: `${path}|${flag}`, values }])),
  )

const bash = (nodes: readonly Node[]): string => {
  const cases = nodes.map(
    (node) => `    '${node.path}') words='${wordsOf(node).join(' ')}'; values=${node.values.kind} ;;`,
  )
  const behind = valueCases(nodes).map(({ at, values }) =>
    values.kind === 'choices'
      ? `    '${at}') COMPREPLY=($(compgen -W '${values.choices.join(' ')}' -- "$current")); return ;;`
      : `    '${at}') ${values.kind === 'files' ? 'COMPREPLY=($(compgen -f -- "$current")); ' : ''}return ;;`,
  )
  const known = nodes.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `# bash completion for sesame. Load it with: source <(sesame completion bash)
_sesame() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' words='' values='' at word
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    [[ $word == -- ]] && { COMPREPLY=($(compgen -c -- "$current")); return; }
    case "\${path:+$path }$word" in
    ${known.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path|\${COMP_WORDS[COMP_CWORD - 1]}" in
${behind.join('\n')}
  esac
  case "$path" in
${cases.join('\n')}
  esac
  if [[ $values == profiles && $current != -* ]]; then
    local IFS=$'\\n' name quoted
    while IFS= read -r name; do
      quoted="$(printf %q "$name")"
      [[ $quoted == "$current"* || $name == "$current"* ]] && COMPREPLY+=("$quoted")
    done < <(sesame profiles list --names 2>/dev/null)
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ $values == files && $current != -* ]] && COMPREPLY+=($(compgen -f -- "$current"))
}
complete -F _sesame sesame
`
}

const zshQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const zsh = (nodes: readonly Node[]): string => {
  const described = ({ subcommands, flags, values }: Node): string =>
    [
      ...subcommands.map(({ path, description }) => ({ word: lastWord(path), description })),
      ...(values.kind === 'choices' ? values.choices.map((word) => ({ word, description: '' })) : []),
      ...flags.map(({ flag, description }) => ({ word: flag, description })),
    ]
      .map(({ word, description }) => zshQuote(`${word}:${description}`))
      .join(' ')
  const cases = nodes.map(
    (node) => `    '${node.path}') found=(${described(node)}); values=${node.values.kind} ;;`,
  )
  const behind = valueCases(nodes).map(({ at, values }) => {
    if (values.kind === 'choices') return `    '${at}') compadd -- ${values.choices.join(' ')}; return ;;`
    return `    '${at}') ${values.kind === 'files' ? '_files; ' : ''}return ;;`
  })
  const known = nodes.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `#compdef sesame
# zsh completion for sesame. Load it with: source <(sesame completion zsh)
_sesame() {
  local path_='' word values=''
  local -a found names
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ $word == -- ]] && { _command_names -e; return }
    case "\${path_:+$path_ }$word" in
    ${known.join('|')}) path_="\${path_:+$path_ }$word" ;;
    esac
  done
  case "$path_|\${words[CURRENT-1]}" in
${behind.join('\n')}
  esac
  case "$path_" in
${cases.join('\n')}
  esac
  if [[ $values == profiles && \${words[CURRENT]} != -* ]]; then
    names=("\${(@f)$(sesame profiles list --names 2>/dev/null)}")
    compadd -a names
    return
  fi
  [[ $values == files && \${words[CURRENT]} != -* ]] && _files
  _describe sesame found
}
compdef _sesame sesame
`
}

const fishQuote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** fish's own switches: \`-x\` wants a value, \`-F\` offers files. */
const fishValues = (values: Values | undefined): string => {
  if (values === undefined) return ''
  if (values.kind === 'choices') return ` -x -a '${values.choices.join(' ')}'`
  return values.kind === 'files' ? ' -r -F' : ' -x'
}

const fish = (nodes: readonly Node[]): string => {
  const lines = nodes.flatMap(({ path, subcommands, flags, values }) => {
    const at = `complete -c sesame -n '${path === '' ? '__sesame_at' : `__sesame_at ${path}`}'`
    return [
      ...subcommands.map((sub) => `${at} -a ${lastWord(sub.path)} -d ${fishQuote(sub.description)}`),
      ...flags.map(
        (each) =>
          `${at} -l ${each.flag.slice(2)} -d ${fishQuote(each.description)}${fishValues(each.values)}`,
      ),
      ...(values.kind === 'profiles'
        ? [`${at} -a '(sesame profiles list --names 2>/dev/null)' -d profile`]
        : []),
      ...(values.kind === 'choices' ? [`${at} -a '${values.choices.join(' ')}'`] : []),
      ...(values.kind === 'files' ? [`${at} -F`] : []),
    ]
  })
  const known = nodes.filter(({ path }) => path !== '').map(({ path }) => fishQuote(path))
  return `# fish completion for sesame. Load it with: sesame completion fish | source
function __sesame_at
  set -l path
  for word in (commandline -opc)[2..]
    contains -- (string join -- ' ' $path $word) ${known.join(' ')}; and set path $path $word
  end
  test "$path" = "$argv"
end
complete -c sesame -f
${lines.join('\n')}
`
}

/** The script for a shell, from the parser's tree. */
export const completionScript = (shell: Shell, program: Command): string =>
  ({ bash, zsh, fish })[shell](flat(nodeOf(program, '', [])))
