#include "core/code/numbers/number_format.h"

#include <algorithm>
#include <array>

#include "core/code/numbers/number_files.h"
#include "core/code/numbers/number_texts.h"

namespace convscope::code {
namespace {

constexpr std::int64_t kFileLimit = 500'000'000;  // sizes in a ZIP archive end at 4 GiB

constexpr std::array kFormats = {
    NumberFormat{"numpy", "", numpy_text},
    NumberFormat{"pytorch", "", pytorch_text},
    NumberFormat{"matlab", "", matlab_text},
    NumberFormat{"latex", "", latex_text},
    NumberFormat{"spreadsheet", "", spreadsheet_text},
    NumberFormat{"markdown", "", markdown_text},
    NumberFormat{"csv", ".csv", csv_text},
    NumberFormat{"json", ".json", json_text},
    NumberFormat{"npy", ".npy", npy_file, false, false, kFileLimit},
    NumberFormat{"npz", ".npz", npz_file, false, true, kFileLimit},
    NumberFormat{"safetensors", ".safetensors", safetensors_file, false, true, kFileLimit},
};

}  // namespace

std::span<const NumberFormat> number_formats() { return kFormats; }

const NumberFormat* number_format_of_ending(std::string_view ending) {
  const auto found = std::ranges::find(kFormats, ending, &NumberFormat::ending);
  return ending.empty() || found == kFormats.end() ? nullptr : &*found;
}

std::string number_endings() {
  std::string endings;
  for (const NumberFormat& format : kFormats) {
    if (!format.ending.empty()) {
      endings.append(endings.empty() ? "" : ", ").append(format.ending);
    }
  }
  return endings;
}

std::optional<Problem> too_many_numbers(std::span<const NamedTensor> tensors, std::int64_t limit) {
  std::int64_t count = 0;
  for (const NamedTensor& tensor : tensors) {
    count += tensor.values.shape().count();
  }
  return count > limit
             ? std::optional(Problem{"numbers_too_large", "", {{"count", count}, {"limit", limit}}})
             : std::nullopt;
}

}  // namespace convscope::code
