// What tensors can be taken away as, as text to paste and as files: a table of formats.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/tensor/problem.h"
#include "core/tensor/tensor.h"

namespace convscope::code {

// A tensor and what it is called.
struct NamedTensor {
  std::string name;                 // "conv.weight"
  std::vector<std::int64_t> sides;  // of the axes that it has, at least one
  Tensor values;
};

struct NumberFormat {
  std::string_view word;    // its name is in the locale, below "numbers."
  std::string_view ending;  // of its files; empty: it is only copied
  std::string (*write)(std::span<const NamedTensor> tensors);
  bool copied = true;     // a text; else the bytes of a file
  bool of_scene = false;  // holds any number of tensors; the others hold one
  std::int64_t most_values = 50'000'000;
};

std::span<const NumberFormat> number_formats();
// By the ending of a file, ".npy", in lower case; null if there is none.
const NumberFormat* number_format_of_ending(std::string_view ending);
// ".npy, .npz"
std::string number_endings();

// Whether there are more values than the format, or a clipboard, can hold: "numbers_too_large".
inline constexpr std::int64_t kMostCopied = 1'000'000;
std::optional<Problem> too_many_numbers(std::span<const NamedTensor> tensors, std::int64_t limit);

}  // namespace convscope::code
