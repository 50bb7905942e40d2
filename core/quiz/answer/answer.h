// An answer to a question, right or wrong, as a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/locale.h"
#include "core/tensor/tensor.h"

namespace convscope::quiz {

struct Answer {
  // kNone: a formula that does not apply to the setting.
  enum class Kind { kNone, kNumber, kTuple, kMap, kWord };

  Kind kind = Kind::kNone;
  std::vector<double> numbers;  // one number, those of the tuple, or the map's, row by row
  std::int64_t columns = 0;     // of a map
  std::string word;             // a locale key below "answer."

  bool operator==(const Answer&) const = default;
};

Answer of_number(double value);
Answer of_tuple(std::vector<double> numbers);  // a pair, a cell
Answer of_shape(const Shape& shape);           // (N, C, H, W)
Answer of_map(std::vector<double> values, std::int64_t columns);
Answer of_word(std::string_view word);

// Equal within the rounding error of a sum: one millionth.
bool same_number(double a, double b);
bool same_answer(const Answer& a, const Answer& b);

// At most six decimals, without trailing zeros: "7", "0.555556", "-28".
std::string decimal_text(double value);
// As shown on a button: "7", "(9, 3)", "((1, 2), (3, 4))", "left dark, right bright".
std::string answer_text(const Answer& answer, const lesson::Locale& locale);

}  // namespace convscope::quiz
