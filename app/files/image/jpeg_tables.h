// What stb_image does not check in a JPEG file.
#pragma once

#include <cstddef>
#include <span>

namespace convscope::files {

// False if a Huffman table declares more than 256 codes: stb_image before 2.28, which Debian 12
// has, then writes past its table.
bool huffman_tables_fit(std::span<const std::byte> jpeg);
// True for four components without Adobe's marker, which defines their meaning: without it the
// meaning is unknown, and stb_image guesses wrong.
bool has_unexplained_inks(std::span<const std::byte> jpeg);

}  // namespace convscope::files
