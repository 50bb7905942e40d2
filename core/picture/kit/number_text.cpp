#include "core/picture/kit/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <system_error>

namespace convscope::picture::kit {

namespace {

constexpr const char* kMinus = "\u2212";
constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
constexpr int kShortDecimals = 2;                      // 0.25 is read faster than 1/4
constexpr int kMostBeyond = 2;  // characters that a table's decimals may go beyond its style

// Room for the longest text of a double in fixed notation.
using Buffer = std::array<char, 400>;

std::string drop_trailing_zeros(std::string text) {
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
      text.pop_back();
    }
  }
  return text;
}

template <typename... Format>
std::string chars(Format... format) {
  Buffer buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), format...);
  return result.ec == std::errc{} ? std::string(buffer.data(), result.ptr) : std::string();
}

// The shortest decimal that reads back as the same number. Tensors hold floats, so a double that
// came from one is shortened as a float: 0.1f is "0.1".
std::string shortest(double value) {
  const auto single = static_cast<float>(value);
  return static_cast<double>(single) == value ? chars(single, std::chars_format::fixed)
                                              : chars(value, std::chars_format::fixed);
}

std::string fixed(double value, int decimals) {
  return drop_trailing_zeros(chars(value, std::chars_format::fixed, decimals));
}

// "1.5e7" with at most `decimals` after the point.
std::string scientific(double value, int decimals) {
  const std::string text = chars(value, std::chars_format::scientific, decimals);
  const std::size_t e = text.find('e');
  const int exponent = std::stoi(text.substr(e + 1));
  return drop_trailing_zeros(text.substr(0, e)) + "e" + (exponent < 0 ? kMinus : "") +
         std::to_string(std::abs(exponent));
}

// A count of characters, not of bytes.
int length(const std::string& text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

int decimals_of(const std::string& text) {
  const std::size_t point = text.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

// The digits of a fixed decimal that carry information.
int significant_digits(const std::string& text) {
  const std::size_t first = text.find_first_of("123456789");
  return first == std::string::npos
             ? 0
             : static_cast<int>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(first),
                                              text.end(), [](char c) { return c != '.'; }));
}

// "3/16" when a small fraction is exactly the (single-precision) number.
std::optional<std::string> fraction(double value) {
  constexpr int kLargestNumerator = 9;
  constexpr int kLargestDenominator = 64;
  // 0.1 + 0.2 is 0.3, not 3/10.
  const auto single = static_cast<double>(static_cast<float>(value));
  if (value >= 1 || decimals_of(shortest(single)) <= kShortDecimals) {
    return std::nullopt;
  }
  for (int denominator = 2; denominator <= kLargestDenominator; ++denominator) {
    const double numerator = std::round(value * denominator);
    if (numerator >= 1 && numerator <= kLargestNumerator &&
        static_cast<float>(numerator / denominator) == static_cast<float>(value)) {
      return std::to_string(static_cast<int>(numerator)) + "/" + std::to_string(denominator);
    }
  }
  return std::nullopt;
}

// As many decimals as fit; empty where the number's first digit is not among them.
std::string plain_digits(double value, int room) {
  for (int decimals = room; decimals >= 0; --decimals) {
    if (std::string text = fixed(value, decimals); length(text) <= room) {
      return value * std::pow(10.0, decimals) >= 1 ? text : std::string();
    }
  }
  return {};
}

std::string powers_of_ten(double value, int room) {
  for (int decimals = room; decimals > 0; --decimals) {
    if (std::string text = scientific(value, decimals); length(text) <= room) {
      return text;
    }
  }
  return scientific(value, 0);
}

// The best text of a positive number that is not exact in `room` characters. Plain digits read
// best, unless there is only one of them and powers of ten would show more.
std::string rounded(double value, int room) {
  const std::string plain = plain_digits(value, room);
  const std::string powers = powers_of_ten(value, room);
  const bool powers_say_more = powers.find('.') != std::string::npos;
  return plain.empty() || (powers_say_more && significant_digits(plain) < 2) ? powers : plain;
}

std::string positive_text(double value, int room) {
  if (value < kExactIntegers && value == std::floor(value)) {
    const std::string text = std::to_string(static_cast<std::int64_t>(value));
    return length(text) <= room ? text : rounded(value, room);
  }
  const std::string exact = shortest(value);
  const bool fits = length(exact) <= room;
  if (fits && decimals_of(exact) <= kShortDecimals) {
    return exact;
  }
  const std::optional<std::string> parts = fraction(value);
  if (parts && length(*parts) <= room) {
    return *parts;
  }
  return fits ? exact : rounded(value, room);
}

// A text that stands for exactly this number?
bool is_exact(double value, int room) {
  if (value < kExactIntegers && value == std::floor(value)) {
    return length(std::to_string(static_cast<std::int64_t>(value))) <= room;
  }
  const std::optional<std::string> parts = fraction(value);
  return length(shortest(value)) <= room || (parts && length(*parts) <= room);
}

}  // namespace

bool is_exact_text(double value, int max_chars) {
  const int room = std::max(1, max_chars - (value < 0 ? 1 : 0));
  return !std::isfinite(value) || is_exact(std::abs(value), room);
}

std::string fixed_number_text(double value, int decimals) {
  constexpr double kLargestFixed = 1e6;
  if (!std::isfinite(value) || std::abs(value) >= kLargestFixed) {
    return number_text(value, 6);
  }
  std::string text = chars(std::abs(value), std::chars_format::fixed, decimals);
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return (value < 0 && !zero ? kMinus : "") + text;
}

std::string number_text(double value, const NumberStyle& style) {
  const bool integer = value == std::floor(value);
  if (style.decimals < 0 || integer) {
    return number_text(value, style.max_chars);
  }
  std::string text = fixed_number_text(value, style.decimals);
  const bool vanished = text.find_first_of("123456789") == std::string::npos;
  const bool sprawls = length(text) > style.max_chars + kMostBeyond;
  if (vanished) {
    const int two_digits = style.decimals + 4 + (value < 0 ? 1 : 0);  // "0.0041" beside "0.12"
    return number_text(value, std::min(style.max_chars, two_digits));
  }
  return sprawls ? number_text(value, style.max_chars) : text;
}

std::string number_text(double value, int max_chars) {
  if (std::isnan(value)) {
    return "NaN";
  }
  const std::string sign = value < 0 ? kMinus : "";
  if (std::isinf(value)) {
    return sign + "\u221E";
  }
  const int room = std::max(1, max_chars - length(sign));
  return sign + positive_text(std::abs(value), room);
}

}  // namespace convscope::picture::kit
