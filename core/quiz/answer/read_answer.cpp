#include "core/quiz/answer/read_answer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/tensor/number_text.h"

namespace convscope::quiz {
namespace {

// Typographic signs and their plain equivalents.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kPlain = {{
    {"\u2212", "-"},  // minus sign
    {"\u2013", "-"},  // en dash
    {"\u00A0", " "},  // no-break space
    {"\u202F", " "},  // narrow no-break space
    {"\u2009", " "},  // thin space
    {"\u00D7", "x"},  // multiplication sign
    {"\u0445", "x"},  // Cyrillic ha
    {"\u2044", "/"},  // fraction slash
    {"\u00F7", "/"},  // division sign
    {"\u2215", "/"},  // division slash
    {"\t", " "},
}};

// Fractions that are one character.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kFractions = {{
    {"\u00BD", "1/2"},
    {"\u2153", "1/3"},
    {"\u2154", "2/3"},
    {"\u00BC", "1/4"},
    {"\u00BE", "3/4"},
    {"\u2155", "1/5"},
    {"\u2156", "2/5"},
    {"\u2157", "3/5"},
    {"\u2158", "4/5"},
    {"\u2159", "1/6"},
    {"\u215A", "5/6"},
    {"\u215B", "1/8"},
    {"\u215C", "3/8"},
    {"\u215D", "5/8"},
    {"\u215E", "7/8"},
}};

std::string plain(std::string_view text) {
  std::string result(text);
  for (const auto& [sign, stands_for] : kPlain) {
    for (std::size_t at = result.find(sign); at != std::string::npos; at = result.find(sign, at)) {
      result.replace(at, sign.size(), stands_for);
    }
  }
  for (const auto& [sign, stands_for] : kFractions) {
    for (std::size_t at = result.find(sign); at != std::string::npos; at = result.find(sign, at)) {
      const bool behind_whole = at > 0 && is_digit(result[at - 1]);  // "3½"
      result.replace(at, sign.size(), (behind_whole ? " " : "") + std::string(stands_for));
    }
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \n\r");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \n\r") - first + 1);
}

// "165 888": removes a space between digits if exactly three digits follow it.
std::string without_group_spaces(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t digits = 0;
    while (i + 1 + digits < text.size() && is_digit(text[i + 1 + digits])) {
      ++digits;
    }
    const bool groups = text[i] == ' ' && i > 0 && is_digit(text[i - 1]) && digits == 3;
    if (!groups) {
      result += text[i];
    }
  }
  return result;
}

// A number with a decimal point and optionally a sign, also as programs print it: "-4.8889e-01".
std::optional<Typed> read_decimal(std::string_view text) {
  text = trimmed(text);
  const auto number = entire_number(text);
  if (!number || number->too_large) {
    return std::nullopt;
  }
  const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
  const std::size_t point = text.find('.');
  int decimals = point < exponent ? static_cast<int>(exponent - point - 1) : 0;
  if (exponent < text.size()) {
    const auto power = entire_number(text.substr(exponent + 1));
    decimals -= static_cast<int>(std::clamp(power->value, -400.0, 400.0));
  }
  return Typed{of_number(number->value), std::max(decimals, 0)};
}

// "1/3", "3 1/2".
std::optional<double> read_fraction(std::string_view text, std::size_t slash) {
  std::string_view above = trimmed(text.substr(0, slash));
  double whole = 0;
  double sign = 1;
  if (const std::size_t gap = above.find(' '); gap != std::string_view::npos) {
    const auto before = read_decimal(above.substr(0, gap));
    above = trimmed(above.substr(gap));
    if (!before || before->decimals > 0 || !is_digit(above.front())) {
      return std::nullopt;
    }
    whole = before->answer.numbers.front();
    sign = text.starts_with('-') ? -1 : 1;
  }
  const auto over = read_decimal(above);
  const auto under = read_decimal(text.substr(slash + 1));
  if (!over || !under || under->answer.numbers.front() == 0) {
    return std::nullopt;
  }
  return whole + sign * over->answer.numbers.front() / under->answer.numbers.front();
}

std::optional<Typed> read_number(std::string_view text) {
  std::string own = without_group_spaces(trimmed(text));
  if (const std::size_t comma = own.find(','); comma != std::string::npos) {
    own[comma] = '.';
  }
  const std::size_t slash = own.find('/');
  if (slash == std::string::npos) {
    return read_decimal(own);
  }
  const auto value = read_fraction(own, slash);
  return value && std::isfinite(*value) ? std::optional(Typed{of_number(*value), -1})
                                        : std::nullopt;
}

// What PyTorch prints round a shape.
constexpr std::string_view kTorchSize = "torch.Size(";

// The separator of a tuple's numbers: the strongest one present.
std::string_view separators_of(std::string_view text) {
  for (const std::string_view separators : {";", "x", ","}) {
    if (text.find_first_of(separators) != std::string_view::npos) {
      return separators;
    }
  }
  return " ";
}

std::optional<Typed> read_tuple(std::string_view text) {
  if (text.starts_with(kTorchSize) && text.ends_with(')')) {
    text = trimmed(text.substr(kTorchSize.size(), text.size() - kTorchSize.size() - 1));
  }
  if (text.size() >= 2 && std::string_view("([{").find(text.front()) != std::string_view::npos &&
      std::string_view(")]}").find(text.back()) != std::string_view::npos) {
    text = trimmed(text.substr(1, text.size() - 2));
  }
  const std::string_view separators = separators_of(text);
  std::vector<double> numbers;
  while (true) {
    const std::size_t end = text.find_first_of(separators);
    const auto number = read_number(text.substr(0, end));
    if (!number) {
      return std::nullopt;
    }
    numbers.push_back(number->answer.numbers.front());
    if (end == std::string_view::npos) {
      break;
    }
    text = separators == " " ? trimmed(text.substr(end)) : text.substr(end + 1);
  }
  return Typed{of_tuple(std::move(numbers)), -1};
}

}  // namespace

std::optional<Typed> read_answer(std::string_view text, Answer::Kind kind) {
  const std::string own = plain(text);
  std::string_view rest = trimmed(own);
  if (rest.starts_with('=')) {
    rest = trimmed(rest.substr(1));
  }
  if (rest.empty()) {
    return std::nullopt;
  }
  switch (kind) {
    case Answer::Kind::kNumber:
      return read_number(rest);
    case Answer::Kind::kTuple:
      return read_tuple(rest);
    case Answer::Kind::kWord:
      return Typed{of_word(trimmed(text)), -1};
    case Answer::Kind::kMap:
    case Answer::Kind::kNone:
      break;
  }
  return std::nullopt;
}

}  // namespace convscope::quiz
