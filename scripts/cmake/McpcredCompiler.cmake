# Warnings, hardening and link options, as one interface target that every target of ours uses.
include(CheckCXXCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

find_program(MCPCRED_CCACHE ccache)
if(MCPCRED_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${MCPCRED_CCACHE}")
endif()

add_library(mcpcred_options INTERFACE)
target_compile_options(mcpcred_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -fstack-protector-strong)
if(NOT WIN32)  # MinGW's ar takes 40 s for Catch alone when each function is a section
  target_compile_options(mcpcred_options INTERFACE -ffunction-sections -fdata-sections)
endif()
if(MCPCRED_WERROR)
  target_compile_options(mcpcred_options INTERFACE -Werror)
endif()
# What is tested is instrumented; the tests themselves are not, nor optimised: Catch's assertions take ten times as long
# to compile then.
add_library(mcpcred_instrumented INTERFACE)
add_library(mcpcred_test_options INTERFACE)
if(MCPCRED_SANITIZE)
  target_compile_options(mcpcred_instrumented INTERFACE
    -fsanitize=${MCPCRED_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(mcpcred_test_options INTERFACE -O0)
  target_link_options(mcpcred_options INTERFACE -fsanitize=${MCPCRED_SANITIZE})
elseif(NOT APPLE)  # whose compiler refuses -static-libgcc, and whose libc++ is the system's
  # libstdc++ inside, glibc outside: -static as a whole makes the first exception slow. Section garbage
  # collection also keeps the highest glibc symbol at 2.35.
  target_link_options(mcpcred_options INTERFACE -static-libstdc++ -static-libgcc)
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  target_link_options(mcpcred_options INTERFACE -Wl,--gc-sections -Wl,-z,relro -Wl,-z,now -Wl,--as-needed)
endif()
if(WIN32)
  target_compile_definitions(mcpcred_options INTERFACE UNICODE _UNICODE NOMINMAX WIN32_LEAN_AND_MEAN)
  # libssp; and a stack as on Linux: std::regex goes down a level for each letter, and Windows' usual 1 MB is gone before
  # a large value is read.
  target_link_options(mcpcred_options INTERFACE -fstack-protector-strong -Wl,--stack,16777216)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_definitions(mcpcred_options INTERFACE _FORTIFY_SOURCE=2)
endif()
