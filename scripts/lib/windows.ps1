# Dot-sourced by the .ps1 scripts beside this folder: finds or installs what the build needs, through winget and vcpkg.
# Not run anywhere yet: written beside the Linux scripts, to be tried when the Windows code is there.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$Root = Resolve-Path (Join-Path $PSScriptRoot '../..')

function Invoke-Checked {
  param([string]$Program, [string[]]$Arguments)
  & $Program @Arguments
  if ($LASTEXITCODE -ne 0) { throw "$Program failed (exit $LASTEXITCODE)" }
}

function Install-Dependencies {
  $packages = @{ cmake = 'Kitware.CMake'; ninja = 'Ninja-build.Ninja'; git = 'Git.Git' }
  foreach ($name in $packages.Keys) {
    if (-not (Get-Command $name -ErrorAction SilentlyContinue)) {
      Invoke-Checked winget @('install', '--silent', '--exact', '--id', $packages[$name])
    }
  }
  if (-not $env:VCPKG_ROOT) { $env:VCPKG_ROOT = Join-Path $Root 'build/vcpkg' }
  if (-not (Test-Path (Join-Path $env:VCPKG_ROOT 'vcpkg.exe'))) {
    Invoke-Checked git @('clone', '--depth', '1', 'https://github.com/microsoft/vcpkg.git', $env:VCPKG_ROOT)
    Invoke-Checked (Join-Path $env:VCPKG_ROOT 'bootstrap-vcpkg.bat') @('-disableMetrics')
  }
}

function Invoke-Build {
  param([string]$Preset, [string[]]$Options = @())
  $toolchain = Join-Path $env:VCPKG_ROOT 'scripts/buildsystems/vcpkg.cmake'
  Push-Location $Root
  try {
    Invoke-Checked cmake (@('--preset', $Preset, "-DCMAKE_TOOLCHAIN_FILE=$toolchain") + $Options)
    Invoke-Checked cmake @('--build', '--preset', $Preset)
  } finally {
    Pop-Location
  }
}
