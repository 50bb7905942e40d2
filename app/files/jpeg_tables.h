// A guard for stb_image before 2.28, which Debian 12 has.
#pragma once

#include <cstddef>
#include <span>

namespace convscope {

// False when a Huffman table of a JPEG file claims more than 256 codes: that stb_image writes
// beyond its table then.
bool huffman_tables_fit(std::span<const std::byte> jpeg);

}  // namespace convscope
