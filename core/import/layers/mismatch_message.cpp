#include "core/import/layers/mismatch_message.h"

#include <cmath>
#include <utility>

#include "core/import/text/plain_text.h"
#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

// The first layer that can't run on the input; nullopt if all can or the input isn't known.
std::optional<std::size_t> first_that_fails(const Message& message) {
  Shape shape = message.input;
  if (shape.count() == 0) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < message.layers.size(); ++i) {
    if (!conv::problems(message.layers[i], shape).empty()) {
      return i;
    }
    shape = conv::output_shape(message.layers[i], shape);
  }
  return std::nullopt;
}

}  // namespace

Numbers numbers_after(std::string_view text, std::string_view mark) {
  Numbers found;
  std::size_t at = text.find(mark);
  if (at == std::string_view::npos) {
    return found;
  }
  at += mark.size();
  constexpr std::size_t kMost = 8;
  constexpr double kLargest = 1e15;
  while (at < text.size() && found.size() < kMost) {
    const char c = text[at];
    if (text.substr(at).starts_with("None")) {
      found.push_back(0);
      at += 4;
    } else if (c == ' ' || c == ',' || c == 'x') {
      ++at;
    } else if (is_digit(c) || c == '-') {
      const auto number = leading_number(text.substr(at));
      if (!number || number->too_large || std::abs(number->value) > kLargest) {
        return {};
      }
      found.push_back(static_cast<std::int64_t>(number->value));
      at += number->length;
    } else {
      break;
    }
  }
  return found;
}

std::int64_t number_after(std::string_view text, std::string_view mark) {
  const Numbers found = numbers_after(text, mark);
  return found.empty() ? -1 : found.front();
}

std::string joined(const Numbers& numbers) {
  std::string text;
  for (const std::int64_t number : numbers) {
    text += (text.empty() ? "" : " x ") + std::to_string(number);
  }
  return text;
}

std::optional<std::size_t> layer_that(const Message& message, const Fits& fits) {
  const auto failing = first_that_fails(message);
  if (failing && fits(message.layers[*failing])) {
    return failing;
  }
  for (std::size_t i = 0; i < message.layers.size(); ++i) {
    if (fits(message.layers[i])) {
      return i;
    }
  }
  return std::nullopt;
}

Mismatch placed(Problem problem, std::optional<std::size_t> layer) {
  if (layer) {
    problem.values.insert(problem.values.begin(), {"layer", static_cast<std::int64_t>(*layer) + 1});
  }
  return {std::move(problem), layer};
}

}  // namespace convscope::imports
