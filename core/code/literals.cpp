#include "core/code/literals.h"

#include <algorithm>
#include <cmath>

#include "core/lesson/json/lesson_json.h"

namespace convscope::code {
namespace {

constexpr std::size_t kLineWidth = 96;

// Numbers with commas, broken before the line gets too long.
std::string row_text(std::span<const float> values, std::size_t column) {
  std::string text;
  std::size_t at = column;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string number = number_text(values[i]);
    const bool breaks = i > 0 && at + number.size() + 2 > kLineWidth;
    text += i == 0 ? "" : breaks ? ",\n" + std::string(column, ' ') : ", ";
    at = (breaks || i == 0 ? column : at + 2) + number.size();
    text += number;
  }
  return text;
}

std::string term(std::int64_t factor, const std::string& name) {
  return factor == 1 ? name : std::to_string(factor) + "*" + name;
}

}  // namespace

std::string number_text(float value) {
  if (std::isnan(value)) {
    return "nan";
  }
  if (std::isinf(value)) {
    return value > 0 ? "inf" : "-inf";
  }
  return lesson::json_number(value);
}

std::string tuple_text(std::span<const std::int64_t> numbers) {
  std::string text;
  for (const std::int64_t number : numbers) {
    text += (text.empty() ? "" : ", ") + std::to_string(number);
  }
  return "(" + text + (numbers.size() == 1 ? ",)" : ")");
}

std::string tuple_text(const conv::Size2& size, bool one_dimensional) {
  const std::int64_t both[] = {size.h, size.w};
  return tuple_text(std::span(both).subspan(one_dimensional ? 1 : 0));
}

std::string nested_list(std::span<const float> values, std::span<const std::int64_t> dimensions,
                        std::size_t column) {
  if (dimensions.size() == 1) {
    return "[" + row_text(values, column + 1) + "]";
  }
  const auto count = static_cast<std::size_t>(dimensions.front());
  const std::size_t part = values.size() / std::max<std::size_t>(count, 1);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += i == 0 ? "[" : ",\n" + std::string(column + 1, ' ');
    text += nested_list(values.subspan(i * part, part), dimensions.subspan(1), column + 1);
  }
  return text + "]";
}

std::string number_lines(std::span<const float> values, std::size_t per_row, std::size_t indent) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); i += per_row) {
    const auto row = values.subspan(i, std::min(per_row, values.size() - i));
    text += std::string(indent, ' ') + row_text(row, indent) +
            (i + per_row < values.size() ? ",\n" : "\n");
  }
  return text;
}

std::string place_text(const std::string& place, std::int64_t stride, const std::string& tap,
                       std::int64_t dilation, std::int64_t before) {
  std::string text = term(stride, place);
  if (!tap.empty()) {
    text += " + " + term(dilation, tap);
  }
  if (before != 0) {
    text += (before > 0 ? " - " : " + ") + std::to_string(std::abs(before));
  }
  return text;
}

bool all_finite(const Tensor& tensor) {
  return std::ranges::all_of(tensor.values(), [](float value) { return std::isfinite(value); });
}

}  // namespace convscope::code
