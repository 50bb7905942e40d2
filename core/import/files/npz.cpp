#include "core/import/files/npz.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/import/files/fail.h"
#include "core/import/files/zip.h"
#include "core/import/text/plain_text.h"
#include "core/lesson/limits.h"
#include "core/tensor/npy_header.h"

namespace convscope::imports {
namespace {

constexpr std::string_view kSuffix = ".npy";
constexpr std::size_t kHeaderStart = 4096;  // holds the header of any array that NumPy writes
constexpr std::uint64_t kMostBytes =
    static_cast<std::uint64_t>(lesson::kMaxTensorValues) * 8 + (1 << 16);

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

std::vector<ZipMember> array_members(std::span<const std::byte> bytes, const std::string& file) {
  std::vector<ZipMember> members = zip_members(bytes, file);
  const bool torch = std::ranges::any_of(
      members, [](const ZipMember& member) { return member.name.ends_with("data.pkl"); });
  std::erase_if(members, [](const ZipMember& member) { return !member.name.ends_with(kSuffix); });
  if (members.empty()) {
    fail(torch ? "npz_is_torch" : "npz_empty", file);
  }
  return members;
}

std::string array_name(const ZipMember& member) {
  return member.name.substr(0, member.name.size() - kSuffix.size());
}

NamedArray described(std::span<const std::byte> bytes, const ZipMember& member,
                     const std::string& file) {
  NamedArray array;
  array.name = array_name(member);
  const std::string place = file + ":" + member.name;
  const std::vector<std::byte> start = zip_read_start(bytes, member, kHeaderStart, file);
  try {
    const NpyHeader header = parse_npy_header(start, place);
    array.dtype = dtype_of(header.type);
    array.shape = header.shape;
  } catch (const Failure& failure) {
    if (failure.problem().code != "npy_dtype") {
      throw;
    }
    array.readable = false;  // a structured or text type; the other arrays are still listed
    for (const auto& [name, value] : failure.problem().values) {
      if (name == "dtype") {
        array.dtype = std::get<std::string>(value);
      }
    }
  }
  return array;
}

}  // namespace

std::vector<NamedArray> npz_arrays(std::span<const std::byte> bytes, const std::string& file) {
  std::vector<NamedArray> arrays;
  for (const ZipMember& member : array_members(bytes, file)) {
    arrays.push_back(described(bytes, member, file));
  }
  return arrays;
}

NpyArray read_npz(std::span<const std::byte> bytes, const std::string& name,
                  const std::string& file) {
  const std::vector<ZipMember> members = array_members(bytes, file);
  const auto found = std::ranges::find(members, name, array_name);
  if (found == members.end()) {
    std::vector<NamedArray> arrays;
    for (const ZipMember& member : members) {
      arrays.push_back({.name = array_name(member), .dtype = "", .shape = {}});
    }
    fail("array_name_unknown", file, {{"name", name}, {"names", names_of(arrays)}});
  }
  const std::string place = file + ":" + found->name;
  const std::vector<std::byte> start = zip_read_start(bytes, *found, kHeaderStart, file);
  if (parse_npy_header(start, place).count > lesson::kMaxTensorValues) {
    fail("npy_too_large", place, {{"limit", lesson::kMaxTensorValues}});
  }
  return parse_npy(zip_read(bytes, *found, kMostBytes, file), place);
}

}  // namespace convscope::imports
