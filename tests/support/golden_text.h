// Compares a text with a reviewed one in tests/golden; --update-goldens rewrites it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace convscope {

inline std::string first_difference(const std::string& expected, const std::string& got) {
  std::istringstream a(expected);
  std::istringstream b(got);
  std::string line_a;
  std::string line_b;
  for (int number = 1;; ++number) {
    const bool more_a = static_cast<bool>(std::getline(a, line_a));
    const bool more_b = static_cast<bool>(std::getline(b, line_b));
    if (!more_a && !more_b) {
      return "no line differs";
    }
    if (!more_a || !more_b || line_a != line_b) {
      return "line " + std::to_string(number) + "\n  expected: " + (more_a ? line_a : "(end)") +
             "\n  got:      " + (more_b ? line_b : "(end)");
    }
  }
}

// `name` is relative to tests/golden, such as "svg/flat_cross.svg".
inline ::testing::AssertionResult matches_golden_text(const std::string& got,
                                                      const std::string& name) {
  const auto path = std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "tests/golden" / name;
  if (std::getenv("CONVSCOPE_UPDATE_GOLDENS") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << got;
    return ::testing::AssertionSuccess();
  }
  std::ifstream file(path, std::ios::binary);
  std::stringstream expected;
  expected << file.rdbuf();
  if (file && expected.str() == got) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure()
         << "differs from tests/golden/" << name << " at " << first_difference(expected.str(), got)
         << "\nRun this test with --update-goldens and review the change.";
}

}  // namespace convscope
