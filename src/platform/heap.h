#pragma once

#include <cstddef>

namespace mcpcred {

/// How many bytes the block has that malloc() gave.
std::size_t heap_block_size(void* block) noexcept;

}  // namespace mcpcred
