#include "core/tensor/number_text.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace convscope {
namespace {

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) {
    ++count;
  }
  return count;
}

bool has_sign(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '-' || text[at] == '+');
}

// What std::from_chars says of a text that is a number, with '.' as the decimal sign.
std::errc read_plain(const std::string& text, double& value) {
#ifdef __cpp_lib_to_chars
  return std::from_chars(text.data(), text.data() + text.size(), value).ec;
#else  // Emscripten 3.1.6 reads no doubles so; its strtod knows one locale only
  errno = 0;
  value = std::strtod(text.c_str(), nullptr);
  const bool outside = errno == ERANGE && (value == 0 || std::isinf(value));
  return outside ? std::errc::result_out_of_range : std::errc();
#endif
}

}  // namespace

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<NumberText> leading_number(std::string_view text, char decimal) {
  const std::size_t begin = has_sign(text, 0) ? 1 : 0;
  const std::size_t whole = digits_at(text, begin);
  std::size_t end = begin + whole;
  std::size_t fraction = 0;
  if (end < text.size() && text[end] == decimal) {
    fraction = digits_at(text, end + 1);
    end += whole + fraction > 0 ? 1 + fraction : 0;
  }
  if (whole + fraction == 0) {
    return std::nullopt;
  }
  const std::size_t mantissa_end = end;
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    const std::size_t sign = has_sign(text, end + 1) ? 1 : 0;
    const std::size_t exponent = digits_at(text, end + 1 + sign);
    end += exponent > 0 ? 1 + sign + exponent : 0;
  }
  // read_plain accepts no plus sign and only '.' as the decimal sign.
  const std::size_t first = text[0] == '+' ? 1 : 0;
  std::string plain(text.substr(first, end - first));
  if (const std::size_t at = plain.find(decimal); at != std::string::npos) {
    plain[at] = '.';
  }
  NumberText number;
  number.length = end;
  if (read_plain(plain, number.value) == std::errc::result_out_of_range) {
    const bool exponent = end > mantissa_end;
    const bool small =
        exponent ? text[mantissa_end + 1] == '-'
                 : text.substr(begin, whole).find_first_not_of('0') == std::string_view::npos;
    number.value = 0;
    number.too_large = !small;
  }
  return number;
}

std::optional<NumberText> entire_number(std::string_view text) {
  const auto number = leading_number(text);
  return number && number->length == text.size() ? number : std::nullopt;
}

}  // namespace convscope
