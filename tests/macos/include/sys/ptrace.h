#pragma once

#include <sys/types.h>

// zig's headers for macOS leave this one out. Our own declaration of the one request that src/platform makes.
extern "C" int ptrace(int request, pid_t process, caddr_t address, int data);

inline constexpr int PT_DENY_ATTACH = 31;
