#include "core/import/files/named_arrays.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/tensor/npy_header.h"
#include "core/tensor/problem.h"

namespace convscope::imports {

namespace {

std::string dtype_of(const ElementType& type) {
  switch (type.kind) {
    case 'b':
      return "bool";
    case 'i':
      return "int" + std::to_string(8 * type.size);
    case 'u':
      return "uint" + std::to_string(8 * type.size);
    default:
      return "float" + std::to_string(8 * type.size);
  }
}

}  // namespace

NamedArray npy_array(std::span<const std::byte> start, std::string name, const std::string& place) {
  NamedArray array;
  array.name = std::move(name);
  try {
    const NpyHeader header = parse_npy_header(start, place);
    array.dtype = dtype_of(header.type);
    array.shape = header.shape;
  } catch (const Failure& failure) {
    const std::string& code = failure.problem().code;
    if (code != "npy_dtype" && code != "npy_records") {
      throw;
    }
    array.readable = false;  // a structure or text, which the others need not suffer for
    array.dtype = "record";
    for (const auto& [key, value] : failure.problem().values) {
      if (key == "dtype") {
        array.dtype = std::get<std::string>(value);
      }
    }
  }
  return array;
}

std::string names_of(const std::vector<NamedArray>& arrays) {
  constexpr std::size_t kMost = 8;
  std::string names;
  for (std::size_t i = 0; i < std::min(arrays.size(), kMost); ++i) {
    names += (i > 0 ? ", " : "") + arrays[i].name;
  }
  return arrays.size() > kMost ? names + ", ..." : names;
}

}  // namespace convscope::imports
