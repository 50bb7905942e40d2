#include "core/picture/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <system_error>

namespace convscope {

namespace {

constexpr const char* kMinus = "\u2212";
constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
constexpr int kShortDecimals = 2;                      // 0.25 is read faster than 1/4

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

// "3/16" when `value` is a whole number of 64ths.
std::optional<std::string> fraction(double value) {
  constexpr std::int64_t kFinest = 64;
  const double parts = value * static_cast<double>(kFinest);
  if (parts >= kExactIntegers || parts != std::floor(parts)) {
    return std::nullopt;
  }
  auto numerator = static_cast<std::int64_t>(parts);
  std::int64_t denominator = kFinest;
  while (numerator % 2 == 0 && denominator > 1) {
    numerator /= 2;
    denominator /= 2;
  }
  return std::to_string(numerator) + "/" + std::to_string(denominator);
}

// The best text of a positive number that is not exact in `room` characters.
std::string rounded(double value, int room) {
  std::string plain;
  for (int decimals = room; decimals >= 0 && plain.empty(); --decimals) {
    if (std::string text = fixed(value, decimals); length(text) <= room) {
      plain = std::move(text);
    }
  }
  std::string powers = scientific(value, 0);
  for (int decimals = room; decimals > 0; --decimals) {
    if (std::string text = scientific(value, decimals); length(text) <= room) {
      powers = std::move(text);
      break;
    }
  }
  // Plain digits read best, unless they lose what powers of ten would show.
  const bool powers_say_more = length(powers) <= room && powers.find('.') != std::string::npos;
  const int needed = powers_say_more ? 2 : 1;
  return !plain.empty() && (significant_digits(plain) >= needed) ? plain : powers;
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
  const bool parts_fit = parts && length(*parts) <= room;
  // Above one a decimal tells the size at a glance, so a fraction waits until that is not exact.
  if (parts_fit && (value < 1 || !fits)) {
    return *parts;
  }
  return fits ? exact : rounded(value, room);
}

}  // namespace

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

}  // namespace convscope
