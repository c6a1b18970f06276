# Cross build for Windows. The thread model has to be posix: the other one has no std::mutex in Debian's compiler.
# scripts/lib/mingw.sh makes build/mingw-deps: header-only libraries of the system, and libsodium.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

set(MCPCRED_MINGW_DEPS "${CMAKE_CURRENT_LIST_DIR}/../../build/mingw-deps")
set(CMAKE_FIND_ROOT_PATH "${MCPCRED_MINGW_DEPS}" "${MCPCRED_MINGW_DEPS}/sodium")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# GNU ar and ld need minutes for the many sections of a C++ file (40 s of processor time to link one test), these less
# than a second.
set(CMAKE_AR llvm-ar)
set(CMAKE_RANLIB llvm-ranlib)
# Static: nothing to install beside the program.
set(CMAKE_EXE_LINKER_FLAGS_INIT
  "-static -fno-use-linker-plugin -wrapper ${CMAKE_CURRENT_LIST_DIR}/../lib/link-with-lld")
set(CMAKE_CROSSCOMPILING_EMULATOR wine)
