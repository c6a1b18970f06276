# The Windows twin of scripts/test: builds and runs the tests. Not run anywhere yet; lint, fuzz targets and sanitizers
# run on Linux.
. (Join-Path $PSScriptRoot 'lib/windows.ps1')

Install-Dependencies
Invoke-Build -Preset dev -Options @('-DVCPKG_MANIFEST_FEATURES=tests')
if (-not $env:MCPCRED_REQUIRE_STORES) { $env:MCPCRED_REQUIRE_STORES = 'memory,env,vault,credential-manager' }
Invoke-Checked ctest @('--test-dir', (Join-Path $Root 'build/dev'), '--output-on-failure')
