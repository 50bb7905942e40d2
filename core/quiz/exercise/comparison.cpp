#include "core/quiz/exercise/comparison.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace convscope::quiz {
namespace {

// The cells of an axis that a span refers to; nullopt if it reaches outside.
std::optional<CellSpan> resolved(CellSpan span, std::int64_t size) {
  span.first += span.first < 0 ? size : 0;
  span.last += span.last < 0 ? size : 0;
  const bool fits = span.first >= 0 && span.first <= span.last && span.last < size;
  return fits ? std::optional(span) : std::nullopt;
}

std::optional<Numbers> part_of(const Numbers& numbers, const Quantity& quantity) {
  const auto rows = resolved(quantity.rows, numbers.shape.h);
  const auto columns = resolved(quantity.columns, numbers.shape.w);
  if (!rows || !columns) {
    return std::nullopt;
  }
  const Shape& shape = numbers.shape;
  Numbers part = {
      {shape.n, shape.c, rows->last - rows->first + 1, columns->last - columns->first + 1}, {}};
  for (std::int64_t map = 0; map < shape.n * shape.c; ++map) {
    for (std::int64_t y = rows->first; y <= rows->last; ++y) {
      for (std::int64_t x = columns->first; x <= columns->last; ++x) {
        part.values.push_back(
            numbers.values[static_cast<std::size_t>((map * shape.h + y) * shape.w + x)]);
      }
    }
  }
  return part;
}

Numbers taken(const Numbers& numbers, Take take) {
  const auto size = [](double value) { return std::abs(value); };
  switch (take) {
    case Take::kAll:
      return numbers;
    case Take::kLargest:
      return {{1, 1, 1, 1}, {*std::ranges::max_element(numbers.values)}};
    case Take::kSmallest:
      return {{1, 1, 1, 1}, {*std::ranges::min_element(numbers.values)}};
    case Take::kLargestSize:
      return {{1, 1, 1, 1}, {std::abs(*std::ranges::max_element(numbers.values, {}, size))}};
  }
  return numbers;
}

Measured value_of(const Quantity& quantity, const Subjects& subjects) {
  const Measured whole = quantity.measure(quantity.of_start ? subjects.start : subjects.now);
  const auto* numbers = std::get_if<Numbers>(&whole);
  if (numbers == nullptr || numbers->values.empty()) {
    return whole;
  }
  const auto part = part_of(*numbers, quantity);
  if (!part) {
    return {};
  }
  Numbers result = taken(*part, quantity.take);
  for (double& value : result.values) {
    value += quantity.plus;
  }
  return result;
}

bool holds_for(const Comparison& comparison, double a, double b) {
  switch (comparison.relation) {
    case Relation::kEquals:
      return comparison.within ? std::abs(a - b) < *comparison.within : a == b;
    case Relation::kAtLeast:
      return a >= b;
    case Relation::kAtMost:
      return a <= b;
    case Relation::kAbove:
      return a > b;
    case Relation::kBelow:
      return a < b;
  }
  return false;
}

bool compare(const Comparison& comparison, const Numbers& a, const Numbers& b) {
  if (a.values.empty() || b.values.empty() || (b.values.size() != 1 && a.shape != b.shape)) {
    return false;
  }
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (!holds_for(comparison, a.values[i], b.values[b.values.size() == 1 ? 0 : i])) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool holds(const Comparison& comparison, const Subjects& subjects) {
  const Measured a = value_of(comparison.what, subjects);
  const auto* quantity = std::get_if<Quantity>(&comparison.with);
  const Measured b =
      quantity != nullptr ? value_of(*quantity, subjects) : std::get<Measured>(comparison.with);
  const auto* numbers_a = std::get_if<Numbers>(&a);
  const auto* numbers_b = std::get_if<Numbers>(&b);
  if (numbers_a != nullptr && numbers_b != nullptr) {
    return compare(comparison, *numbers_a, *numbers_b);
  }
  return comparison.relation == Relation::kEquals && a == b &&
         !std::holds_alternative<std::monostate>(a);
}

}  // namespace convscope::quiz
