# mcpcred's completion for fish. The program itself says what fits; nothing is decided here.

function __mcpcred_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l current (commandline -ct)
    set -l option (string match -r -- '^--[^=]*=' $current)
    set -l path (string replace -r -- '^--[^=]*=' '' $current)
    for line in (command mcpcred __complete "word=$current" $words 2>/dev/null </dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$path" | string replace -r -- '^' "$option"
            case ':folders'
                __fish_complete_directories "$path" | string replace -r -- '^' "$option"
            case ':programs'
                complete -C "$current"
            case '*'
                printf '%s\n' $line
        end
    end
end

complete -c mcpcred -f -a '(__mcpcred_complete)'
