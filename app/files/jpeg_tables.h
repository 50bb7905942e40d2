// What stb_image does not ask of a JPEG file.
#pragma once

#include <cstddef>
#include <span>

namespace convscope::files {

// False when a Huffman table claims more than 256 codes: stb_image before 2.28, which Debian 12
// has, writes beyond its table then.
bool huffman_tables_fit(std::span<const std::byte> jpeg);
// True for four components without Adobe's marker, which says what they are: nobody can tell then,
// and stb_image guesses wrong.
bool has_unexplained_inks(std::span<const std::byte> jpeg);

}  // namespace convscope::files
