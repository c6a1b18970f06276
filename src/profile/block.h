#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

// The block in the text of a profile: found, put in, taken out. Nothing here knows a shell or a file.
namespace mcpcred {

/// What the block itself has to remember so that taking it out gives back every byte. It says so in a comment.
struct BlockNotes {
  bool ends_line = false;  ///< the text had no line end at its end, so one was put before the block
  bool made_file = false;  ///< there was no file
};

struct FoundBlock {
  std::size_t begin = 0;  ///< of its first line
  std::size_t end = 0;    ///< behind its last line's end
  BlockNotes notes;
};

/// The block of `text`, or none. kConflict for one that was damaged, with its line; `shown` names the file.
Result<std::optional<FoundBlock>> find_block(std::string_view text, const std::string& shown);

/// `text` with a block of `code`, whose lines end in '\n', in place of `found`, or at its end. `is_new`: there was no
/// file. `takes_crlf`: the block's lines may end as the text's do.
Secret with_block(std::string_view text, const std::optional<FoundBlock>& found, bool is_new, std::string_view code,
                  bool takes_crlf);

/// `text` as it was before.
Secret without_block(std::string_view text, const FoundBlock& found);

}  // namespace mcpcred
