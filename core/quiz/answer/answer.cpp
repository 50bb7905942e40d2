#include "core/quiz/answer/answer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>
#include <utility>

namespace convscope::quiz {
namespace {

std::string listed(std::span<const double> numbers) {
  std::string text = "(";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    text.append(i == 0 ? "" : ", ").append(decimal_text(numbers[i]));
  }
  return text + ")";
}

std::string map_text(const Answer& answer) {
  const auto columns = static_cast<std::size_t>(answer.columns);
  std::string text = "(";
  for (std::size_t i = 0; i < answer.numbers.size(); i += columns) {
    text.append(i == 0 ? "" : ", ").append(listed(std::span(answer.numbers).subspan(i, columns)));
  }
  return text + ")";
}

}  // namespace

Answer of_number(double value) { return {Answer::Kind::kNumber, {value}, 0, ""}; }

Answer of_tuple(std::vector<double> numbers) {
  return {Answer::Kind::kTuple, std::move(numbers), 0, ""};
}

Answer of_shape(const Shape& shape) {
  return of_tuple({static_cast<double>(shape.n), static_cast<double>(shape.c),
                   static_cast<double>(shape.h), static_cast<double>(shape.w)});
}

Answer of_map(std::vector<double> values, std::int64_t columns) {
  return {Answer::Kind::kMap, std::move(values), columns, ""};
}

Answer of_word(std::string_view word) { return {Answer::Kind::kWord, {}, 0, std::string(word)}; }

bool same_number(double a, double b) {
  constexpr double kTolerance = 1e-6;
  return std::abs(a - b) <= kTolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

bool same_answer(const Answer& a, const Answer& b) {
  return a.kind == b.kind && a.columns == b.columns && a.word == b.word &&
         std::ranges::equal(a.numbers, b.numbers, same_number);
}

std::string decimal_text(double value) {
  char buffer[400];
  const int length = std::snprintf(buffer, sizeof buffer, "%.6f", value);
  std::string text(buffer, static_cast<std::size_t>(length));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) {
    text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string answer_text(const Answer& answer, const lesson::Locale& locale) {
  switch (answer.kind) {
    case Answer::Kind::kNone:
      break;
    case Answer::Kind::kNumber:
      return decimal_text(answer.numbers.front());
    case Answer::Kind::kTuple:
      return listed(answer.numbers);
    case Answer::Kind::kMap:
      return map_text(answer);
    case Answer::Kind::kWord:
      return locale.text("answer." + answer.word);
  }
  return "";
}

}  // namespace convscope::quiz
