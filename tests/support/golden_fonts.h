// PNG goldens that contain text are valid for the fonts of one distribution, identified by a
// checksum in tests/golden/png/fonts.txt. With other fonts there is nothing to compare.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <iomanip>
#include <sstream>
#include <string>

#include "app/files/embedded.h"
#include "app/files/system/file_io.h"

namespace convscope {

// FNV-1a of all fonts, as a line of hexadecimal digits.
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

// Whether the built-in fonts are those of the goldens; if not, call GTEST_SKIP(). Updating the
// goldens records the built-in fonts.
inline bool golden_fonts() {
  const auto file = std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "tests/golden/png/fonts.txt";
  if (std::getenv("CONVSCOPE_UPDATE_GOLDENS") != nullptr) {
    files::write_file(file, checksum_of_fonts());
  }
  return files::read_text_file(file, 100) == checksum_of_fonts();
}

}  // namespace convscope
