#include <malloc.h>

#include "platform/heap.h"

namespace mcpcred {

std::size_t heap_block_size(void* block) noexcept {
  return _msize(block);
}

}  // namespace mcpcred
