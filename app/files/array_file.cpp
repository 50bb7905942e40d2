#include "app/files/array_file.h"

#include <string_view>
#include <variant>

#include "app/files/system/file_io.h"
#include "core/import/arrays/slice_text.h"
#include "core/import/files/npz.h"
#include "core/import/files/safetensors.h"
#include "core/import/files/zip.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

using Bytes = std::span<const std::byte>;
using Kind = lesson::FileSource::Kind;

bool is_npy(Bytes bytes) {
  constexpr std::string_view kMagic = "\x93NUMPY";
  return bytes.size() >= kMagic.size() &&
         std::string_view(reinterpret_cast<const char*>(bytes.data()), kMagic.size()) == kMagic;
}

bool has_tensor_header(Bytes bytes) {
  constexpr std::size_t kLength = 8;
  return bytes.size() > kLength && bytes[kLength] == std::byte{'{'};
}

NpyArray whole_array(Bytes bytes, const lesson::FileSource& source, const std::string& file) {
  switch (source.kind) {
    case Kind::kNpz:
      return imports::read_npz(bytes, source.name, file);
    case Kind::kSafetensors:
      return imports::read_safetensors(bytes, source.name, file);
    default:
      return parse_npy(bytes, file);
  }
}

}  // namespace

bool has_array_ending(const std::filesystem::path& file) {
  const std::string ending = lower_extension(file);
  return ending == ".npy" || ending == ".npz" || ending == ".safetensors";
}

std::optional<Kind> array_kind(Bytes bytes, const std::filesystem::path& file) {
  if (is_npy(bytes)) {
    return Kind::kNpy;
  }
  const std::string ending = lower_extension(file);
  if (imports::is_zip(bytes) || ending == ".npz") {
    return Kind::kNpz;
  }
  if (has_tensor_header(bytes) || ending == ".safetensors") {
    return Kind::kSafetensors;
  }
  return ending == ".npy" ? std::optional(Kind::kNpy) : std::nullopt;
}

Kind known_array_kind(Bytes bytes, const std::filesystem::path& file) {
  const std::optional<Kind> kind = array_kind(bytes, file);
  if (!kind) {
    throw Failure({"file_unknown_kind", "", {{"file", utf8_of(file)}}});
  }
  return *kind;
}

std::vector<imports::NamedArray> arrays_in(Bytes bytes, Kind kind, const std::string& file) {
  switch (kind) {
    case Kind::kNpz:
      return imports::npz_arrays(bytes, file);
    case Kind::kSafetensors:
      return imports::safetensors_arrays(bytes, file);
    default:
      return {imports::npy_array(bytes, "", file)};
  }
}

std::vector<imports::NamedArray> arrays_of(const std::filesystem::path& file) {
  const std::vector<std::byte> bytes = read_file(file, kMaxArrayBytes);
  return arrays_in(bytes, known_array_kind(bytes, file), utf8_of(file));
}

NpyArray read_array(Bytes bytes, const lesson::FileSource& source, const std::string& file) {
  NpyArray array = whole_array(bytes, source, file);
  if (source.slice.empty()) {
    return array;
  }
  const auto sides = imports::read_slice(source.slice, array.shape);
  if (!imports::ok(sides)) {
    throw Failure(std::get<Problem>(sides));
  }
  return imports::sliced(array, std::get<std::vector<imports::SliceSide>>(sides));
}

Tensor read_tensor(Bytes bytes, const lesson::FileSource& source, const std::string& file) {
  return tensor_from_npy(read_array(bytes, source, file), file);
}

}  // namespace convscope::files
