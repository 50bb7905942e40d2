#include "core/tensor/npy.h"

#include <array>
#include <utility>

#include "core/tensor/bit_cast.h"
#include "core/tensor/element.h"
#include "core/tensor/npy_header.h"
#include "core/tensor/problem.h"

namespace convscope {

namespace {

// Converts numbers stored with the first index running fastest to C order.
std::vector<float> from_fortran_order(const std::vector<float>& values,
                                      const std::vector<std::int64_t>& shape) {
  std::vector<float> result(values.size());
  std::vector<std::int64_t> index(shape.size(), 0);
  for (float& value : result) {
    std::int64_t offset = 0;
    for (std::size_t d = shape.size(); d-- > 0;) {
      offset = offset * shape[d] + index[d];
    }
    value = values[static_cast<std::size_t>(offset)];
    for (std::size_t d = shape.size(); d-- > 0;) {
      if (++index[d] < shape[d]) {
        break;
      }
      index[d] = 0;
    }
  }
  return result;
}

void check_size(std::span<const std::byte> bytes, const NpyHeader& header,
                const std::string& name) {
  const auto expected = static_cast<std::size_t>(header.count) * header.type.size;
  const std::size_t found = bytes.size() - header.data_begin;
  if (found != expected) {
    throw Failure({found < expected ? "npy_truncated" : "npy_trailing",
                   "",
                   {{"file", name},
                    {"expected", static_cast<std::int64_t>(expected)},
                    {"found", static_cast<std::int64_t>(found)}}});
  }
}

std::string shape_text(std::span<const std::int64_t> shape) {
  std::string text = "(";
  for (const std::int64_t size : shape) {
    text += std::to_string(size) + ", ";
  }
  if (shape.size() > 1) {
    text.resize(text.size() - 2);
  } else if (shape.size() == 1) {
    text.pop_back();  // a tuple of one element keeps its comma: (3,)
  }
  return text + ")";
}

}  // namespace

NpyArray parse_npy(std::span<const std::byte> bytes, const std::string& name) {
  const NpyHeader header = parse_npy_header(bytes, name);
  check_size(bytes, header, name);
  NpyArray array{header.shape, std::vector<float>(static_cast<std::size_t>(header.count))};
  const std::byte* from = bytes.data() + header.data_begin;
  for (float& value : array.values) {
    value = element_at(from, header.type);
    from += header.type.size;
  }
  if (header.fortran_order) {
    array.values = from_fortran_order(array.values, array.shape);
  }
  return array;
}

std::string npy_bytes(std::span<const std::int64_t> shape, std::span<const float> values) {
  std::string dictionary =
      "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
  // The numbers start at a multiple of 64 bytes; the dictionary is padded with spaces and ends with
  // a newline.
  constexpr std::size_t kPrefix = 10;
  constexpr std::size_t kAlignment = 64;
  const std::size_t used = kPrefix + dictionary.size() + 1;
  dictionary.append((kAlignment - used % kAlignment) % kAlignment, ' ');
  dictionary += '\n';

  std::string result("\x93NUMPY\x01\x00", 8);
  result += static_cast<char>(dictionary.size() & 0xFF);
  result += static_cast<char>(dictionary.size() >> 8);
  result += dictionary;
  result.reserve(result.size() + values.size_bytes());
  for (const float value : values) {
    const auto bits = bit_cast<std::uint32_t>(value);
    const std::array<char, 4> little = {static_cast<char>(bits), static_cast<char>(bits >> 8),
                                        static_cast<char>(bits >> 16),
                                        static_cast<char>(bits >> 24)};
    result.append(little.data(), little.size());
  }
  return result;
}

Tensor tensor_from_npy(const NpyArray& array, const std::string& name) {
  const std::size_t rank = array.shape.size();
  if (rank < 1 || rank > 4) {
    throw Failure({"npy_rank", "", {{"file", name}, {"rank", static_cast<std::int64_t>(rank)}}});
  }
  std::array<std::int64_t, 4> sizes = {1, 1, 1, 1};
  for (std::size_t d = 0; d < rank; ++d) {
    sizes[4 - rank + d] = array.shape[d];
  }
  return Tensor(Shape{sizes[0], sizes[1], sizes[2], sizes[3]}, array.values);
}

}  // namespace convscope
