#include "app/panels/widgets/value_text.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/tensor/number_text.h"

namespace convscope::panels::widgets {
namespace {

constexpr std::string_view kMinus = "\u2212";

std::string normalized(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, kMinus.size()) == kMinus) {
      plain += '-';
      i += kMinus.size() - 1;
    } else if (text[i] == ',') {
      plain += '.';
    } else if (text[i] != ' ') {
      plain += text[i];
    }
  }
  return plain;
}

// Whether the "-" here is the sign of a number.
bool is_sign(std::string_view text, std::size_t at) {
  const auto character = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
  };
  const bool in_word = at > 0 && std::isalnum(character(at - 1)) != 0;
  return text[at] == '-' && !in_word && std::isdigit(character(at + 1)) != 0;
}

std::optional<double> parse_plain(std::string_view text) {
  const auto number = entire_number(text);
  if (!number) {
    return std::nullopt;
  }
  if (number->too_large) {
    const double size = std::numeric_limits<double>::infinity();
    return text.starts_with('-') ? -size : size;
  }
  return number->value;
}

}  // namespace

std::optional<float> parse_value(std::string_view text) {
  const std::string plain = normalized(text);
  const std::size_t slash = plain.find('/');
  std::optional<double> value = parse_plain(plain.substr(0, slash));
  if (value && slash != std::string::npos) {
    const std::optional<double> divisor = parse_plain(plain.substr(slash + 1));
    value = divisor && *divisor != 0 ? std::optional(*value / *divisor) : std::nullopt;
  }
  if (!value || std::isnan(*value)) {
    return std::nullopt;
  }
  return static_cast<float>(*value);
}

std::string value_text(float value) {
  char digits[32];
  const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), value);
  return std::string(std::begin(digits), end);
}

std::string with_minus_signs(std::string_view text) {
  std::string written;
  for (std::size_t i = 0; i < text.size(); ++i) {
    written += is_sign(text, i) ? kMinus : text.substr(i, 1);
  }
  return written;
}

}  // namespace convscope::panels::widgets
