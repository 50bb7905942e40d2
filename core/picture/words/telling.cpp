#include "core/picture/words/telling.h"

#include <algorithm>

#include "core/picture/kit/number_text.h"

namespace convscope::picture::words {

namespace {

constexpr std::int64_t kMostColumns = 16;
constexpr std::int64_t kMostCells = 144;
constexpr std::int64_t kMostPlanes = 4;

}  // namespace

void Telling::say(std::string_view key, const lesson::TextValues& values) {
  lines.push_back(locale.text("describe." + std::string(key), values));
}

std::string cell_text(std::int64_t y, std::int64_t x, bool one_dimensional) {
  return "[" + (one_dimensional ? "" : std::to_string(y) + ", ") + std::to_string(x) + "]";
}

std::string area_text(const Telling& telling, Span rows, Span columns) {
  const auto text = [](std::int64_t number) {
    return kit::number_text(static_cast<double>(number), 9);  // with the stage's minus
  };
  return telling.locale.text(telling.one_dimensional() ? "describe.area_1d" : "describe.area",
                             {{"top", text(rows.first)},
                              {"bottom", text(rows.last)},
                              {"left", text(columns.first)},
                              {"right", text(columns.last)}});
}

bool is_short(const Shape& shape) {
  return shape.w <= kMostColumns && shape.h * shape.w <= kMostCells;
}

std::string rows_text(const Tensor& tensor, std::int64_t n, std::int64_t c, std::int64_t count) {
  const Shape& shape = tensor.shape();
  std::string text;
  for (std::int64_t i = 0; i < std::min(count, shape.h * shape.w); ++i) {
    text += i == 0 ? "" : i % shape.w == 0 ? "; " : ", ";
    const float value = tensor.at({n, c, i / shape.w, i % shape.w});
    text += kit::number_text(value, value < 0 ? 7 : 6);  // as many decimals, whatever the sign
  }
  return text;
}

void say_numbers(Telling& telling, const std::string& name, const Tensor& tensor, std::int64_t n,
                 Span planes) {
  const Shape& shape = tensor.shape();
  if (is_short(shape) && planes.last - planes.first < kMostPlanes) {
    for (std::int64_t c = planes.first; c <= planes.last; ++c) {
      const std::string index =
          shape.n * shape.c > 1 ? "[" + std::to_string(n) + ", " + std::to_string(c) + "]" : "";
      telling.say(shape.h == 1 ? "numbers_in_a_row" : "numbers",
                  {{"name", name + index}, {"rows", rows_text(tensor, n, c, shape.h * shape.w)}});
    }
    return;
  }
  const auto values = tensor.values();
  const auto [low, high] = std::ranges::minmax(values);
  telling.say(
      "range",
      {{"name", name}, {"low", kit::number_text(low, 6)}, {"high", kit::number_text(high, 6)}});
}

}  // namespace convscope::picture::words
