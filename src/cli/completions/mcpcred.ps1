# mcpcred's completion for PowerShell 5 and later. The program itself says what fits; nothing is decided here. Where it
# names nothing, PowerShell offers files.
Register-ArgumentCompleter -Native -CommandName mcpcred -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $program = Get-Command mcpcred -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $program) { return }
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object {
            if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
            else { $_.Extent.Text }
        })
    & $program __complete "word=$wordToComplete" @words 2>$null | ForEach-Object {
        $word, $about = $_ -split "`t", 2
        # What PowerShell would read as more than a word is none of ours.
        if ($word -cnotmatch '^[A-Za-z0-9_-][A-Za-z0-9_.@+=-]*$') { return }
        if (-not $about) { $about = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $about)
    }
}
