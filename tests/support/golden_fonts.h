// PNG goldens with text in them hold for the fonts of one distribution: tests/golden/png/fonts.txt
// says which, by a checksum. With other fonts there is nothing to compare.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <iomanip>
#include <sstream>
#include <string>

#include "app/files/embedded.h"
#include "app/files/file_io.h"

namespace convscope {

// FNV-1a of all the fonts, as a line of hexadecimal digits.
inline std::string checksum_of_fonts() {
  std::uint64_t sum = 14695981039346656037u;
  for (const char* font : {"fonts/sans", "fonts/bold", "fonts/mono", "fonts/fallback"}) {
    for (const std::byte byte : files::asset(font)) {
      sum = (sum ^ std::to_integer<std::uint64_t>(byte)) * 1099511628211u;
    }
  }
  std::ostringstream line;
  line << std::hex << std::setfill('0') << std::setw(16) << sum << "\n";
  return line.str();
}

// Are the fonts built in here those of the goldens? Call GTEST_SKIP() where not. Updating the
// goldens makes them so.
inline bool golden_fonts() {
  const auto file = std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "tests/golden/png/fonts.txt";
  if (std::getenv("CONVSCOPE_UPDATE_GOLDENS") != nullptr) {
    files::write_file(file, checksum_of_fonts());
  }
  return files::read_text_file(file, 100) == checksum_of_fonts();
}

}  // namespace convscope
