// Owns completion scripts for bash, zsh and fish, written from the parser's own tree, so that they cannot fall behind it. Profile
// names are asked of the command itself when they are needed.
import type { Command } from 'commander'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

interface Node {
  /** The words that lead here, such as `profiles list`. */
  readonly path: string
  readonly description: string
  readonly subcommands: readonly Node[]
  readonly options: readonly { readonly flag: string; readonly description: string }[]
  /** Whether the first argument is a profile. */
  readonly takesProfile: boolean
}

const nodeOf = (command: Command, path: string): Node => ({
  path,
  description: command.description(),
  subcommands: command.commands.map((sub) => nodeOf(sub, path === '' ? sub.name() : `${path} ${sub.name()}`)),
  options: [...command.options, ...(command.parent?.options ?? [])].flatMap(({ long, description }) =>
    long === undefined || long === null ? [] : [{ flag: long, description }],
  ),
  takesProfile: command.registeredArguments.some((argument) => argument.name() === 'profile'),
})

const flat = (node: Node): readonly Node[] => [node, ...node.subcommands.flatMap(flat)]

const lastWord = (path: string): string => path.slice(path.lastIndexOf(' ') + 1)

/** The words a person may write after `path`. */
const wordsOf = ({ subcommands, options }: Node): string =>
  [...subcommands.map(({ path }) => lastWord(path)), ...options.map(({ flag }) => flag)].join(' ')

const bash = (root: Node): string => {
  const nodes = flat(root)
  const cases = nodes.map(
    (node) => `    '${node.path}') words='${wordsOf(node)}'; profiles=${node.takesProfile ? 'yes' : ''} ;;`,
  )
  const known = nodes.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `# bash completion for sesame. Load it with: source <(sesame completion bash)
_sesame() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' words='' profiles='' at word
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    [[ $word == -- ]] && { COMPREPLY=($(compgen -c -- "$current")); return; }
    case "\${path:+$path }$word" in
    ${known.join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  if [[ -n $profiles && $current != -* ]]; then
    local IFS=$'\\n' name
    while IFS= read -r name; do
      [[ $name == "$current"* ]] && COMPREPLY+=("$(printf %q "$name")")
    done < <(sesame profiles list --names 2>/dev/null)
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _sesame sesame
`
}

const zshQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const zsh = (root: Node): string => {
  const nodes = flat(root)
  const described = (node: Node): string =>
    [
      ...node.subcommands.map(({ path, description }) => zshQuote(`${lastWord(path)}:${description}`)),
      ...node.options.map(({ flag, description }) => zshQuote(`${flag}:${description}`)),
    ].join(' ')
  const cases = nodes.map(
    (node) => `    '${node.path}') found=(${described(node)}); profiles=${node.takesProfile ? 'yes' : ''} ;;`,
  )
  const known = nodes.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`)
  return `#compdef sesame
# zsh completion for sesame. Load it with: source <(sesame completion zsh)
_sesame() {
  local path_='' word profiles=''
  local -a found names
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ $word == -- ]] && { _command_names -e; return }
    case "\${path_:+$path_ }$word" in
    ${known.join('|')}) path_="\${path_:+$path_ }$word" ;;
    esac
  done
  case "$path_" in
${cases.join('\n')}
  esac
  if [[ -n $profiles && \${words[CURRENT]} != -* ]]; then
    names=("\${(@f)$(sesame profiles list --names 2>/dev/null)}")
    compadd -a names
    return
  fi
  _describe sesame found
}
compdef _sesame sesame
`
}

const fishQuote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const fish = (root: Node): string => {
  const lines = flat(root).flatMap((node) => {
    const here = node.path === '' ? '__sesame_at' : `__sesame_at ${node.path}`
    return [
      ...node.subcommands.map(
        ({ path, description }) =>
          `complete -c sesame -n '${here}' -a ${lastWord(path)} -d ${fishQuote(description)}`,
      ),
      ...node.options.map(
        ({ flag, description }) =>
          `complete -c sesame -n '${here}' -l ${flag.slice(2)} -d ${fishQuote(description)}`,
      ),
      ...(node.takesProfile
        ? [`complete -c sesame -n '${here}' -a '(sesame profiles list --names 2>/dev/null)' -d profile`]
        : []),
    ]
  })
  const known = flat(root)
    .filter(({ path }) => path !== '')
    .map(({ path }) => fishQuote(path))
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
export const completionScript = (shell: Shell, program: Command): string => {
  const root = nodeOf(program, '')
  return { bash, zsh, fish }[shell](root)
}
