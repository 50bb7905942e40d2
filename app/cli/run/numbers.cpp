#include "app/cli/run/numbers.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace convscope::cli {
namespace {

constexpr double kLargestPlainInteger = 1e15;

template <typename Number, typename... Format>
std::string written(Number value, Format... format) {
  if (std::isnan(value)) {
    return "NaN";
  }
  if (std::isinf(value)) {
    return value > 0 ? "Infinity" : "-Infinity";
  }
  if (value == std::trunc(value) && std::abs(static_cast<double>(value)) < kLargestPlainInteger) {
    return std::to_string(static_cast<std::int64_t>(value));
  }
  std::array<char, 64> text{};
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value, format...);
  return {text.data(), result.ptr};
}

template <typename Number>
std::string quoted_unless_finite(Number value) {
  return std::isfinite(value) ? plain_number(value) : '"' + plain_number(value) + '"';
}

}  // namespace

std::string plain_number(float value) { return written(value); }
std::string plain_number(double value) { return written(value); }

std::string readable_number(double value, int digits) {
  return written(value, std::chars_format::general, digits);
}

std::string json_value(float value) { return quoted_unless_finite(value); }
std::string json_value(double value) { return quoted_unless_finite(value); }

}  // namespace convscope::cli
