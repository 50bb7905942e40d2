#include "core/quiz/answer/read_answer.h"

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

std::string plain(std::string_view text) {
  std::string result(text);
  for (const auto& [sign, stands_for] : kPlain) {
    for (std::size_t at = result.find(sign); at != std::string::npos; at = result.find(sign, at)) {
      result.replace(at, sign.size(), stands_for);
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

// A number with a decimal point and optionally a sign.
std::optional<Typed> read_decimal(std::string_view text) {
  text = trimmed(text);
  const auto number = entire_number(text);
  if (!number || number->too_large || text.find_first_of("eE") != std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t point = text.find('.');
  const int decimals =
      point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
  return Typed{of_number(number->value), decimals};
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
  const auto above = read_decimal(std::string_view(own).substr(0, slash));
  const auto below = read_decimal(std::string_view(own).substr(slash + 1));
  if (!above || !below || below->answer.numbers.front() == 0) {
    return std::nullopt;
  }
  const double value = above->answer.numbers.front() / below->answer.numbers.front();
  return std::isfinite(value) ? std::optional(Typed{of_number(value), -1}) : std::nullopt;
}

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
