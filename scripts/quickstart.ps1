# The Windows twin of scripts/quickstart: builds, stores a made-up token in a throwaway folder and checks it.
# Not run anywhere yet.
. (Join-Path $PSScriptRoot 'lib/windows.ps1')

Install-Dependencies
Invoke-Build -Preset release
$mcpcred = Join-Path $Root 'build/release/mcpcred.exe'

# A classic GitHub token: "ghp_", 30 characters, and their CRC-32 in six digits of base 62.
function New-MadeUpToken {
  $digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  $payload = -join (1..30 | ForEach-Object { $digits[(Get-Random -Maximum 62)] })
  [uint64]$crc = 0xFFFFFFFFL
  foreach ($byte in [Text.Encoding]::ASCII.GetBytes($payload)) {
    $crc = $crc -bxor $byte
    for ($bit = 0; $bit -lt 8; ++$bit) {
      $crc = if ($crc -band 1) { ($crc -shr 1) -bxor 0xEDB88320L } else { $crc -shr 1 }
    }
  }
  $crc = $crc -bxor 0xFFFFFFFFL
  $sum = ''
  for ($i = 0; $i -lt 6; ++$i) {
    $sum = $digits[[int]($crc % 62)] + $sum
    $crc = [uint64][Math]::Floor($crc / 62)
  }
  "ghp_$payload$sum"
}

$work = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory $work | Out-Null
try {
  $data = Join-Path $work 'data'
  Invoke-Checked $mcpcred @('--data-dir', $data, 'vault', 'init', '--key-file', (Join-Path $work 'vault.key'))
  $token = New-MadeUpToken
  $token | & $mcpcred --data-dir $data store github --stdin
  if ($LASTEXITCODE -ne 0) { throw 'store failed' }
  Invoke-Checked $mcpcred @('--data-dir', $data, 'check')
  if ((& $mcpcred --data-dir $data load GITHUB_TOKEN) -ne $token) { throw 'not proved: the token came back' }
  $found = Get-ChildItem -Recurse -File $work | Select-String -SimpleMatch -Quiet $token
  if ($found) { throw 'not proved: no file holds the token' }
  'proved: the token came back from the vault, and no file holds it'
} finally {
  Remove-Item -Recurse -Force $work
}
