#include "core/import/safetensors.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "core/import/plain_text.h"
#include "core/lesson/limits.h"
#include "core/tensor/element.h"

namespace convscope::imports {
namespace {

using Json = nlohmann::json;
using Bytes = std::span<const std::byte>;

constexpr std::size_t kLengthSize = 8;
constexpr std::uint64_t kMostHeader = std::uint64_t{100} << 20;  // as the format limits it
constexpr std::size_t kMostSides = 32;
constexpr std::int64_t kMostElements = std::int64_t{1} << 40;

struct TypeName {
  std::string_view name;
  std::string_view numpy;
  ElementType type;
};

constexpr std::array<TypeName, 13> kTypes = {{{"F64", "float64", {'f', 8}},
                                              {"F32", "float32", {'f', 4}},
                                              {"F16", "float16", {'f', 2}},
                                              {"BF16", "bfloat16", {'B', 2}},
                                              {"I64", "int64", {'i', 8}},
                                              {"I32", "int32", {'i', 4}},
                                              {"I16", "int16", {'i', 2}},
                                              {"I8", "int8", {'i', 1}},
                                              {"U64", "uint64", {'u', 8}},
                                              {"U32", "uint32", {'u', 4}},
                                              {"U16", "uint16", {'u', 2}},
                                              {"U8", "uint8", {'u', 1}},
                                              {"BOOL", "bool", {'b', 1}}}};

struct Entry {
  NamedArray array;
  std::optional<ElementType> type;
  std::int64_t count = 1;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

[[noreturn]] void fail(const char* code, const std::string& file, ProblemValues more = {}) {
  more.insert(more.begin(), {"file", file});
  throw Failure({code, "", std::move(more)});
}

std::string_view header_text(Bytes bytes, const std::string& file) {
  if (bytes.size() < kLengthSize) {
    fail("safetensors_short", file);
  }
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthSize; ++i) {
    length |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  }
  if (length > kMostHeader || length > bytes.size() - kLengthSize) {
    fail("safetensors_short", file);
  }
  return {reinterpret_cast<const char*>(bytes.data()) + kLengthSize,
          static_cast<std::size_t>(length)};
}

Json parse_header(std::string_view text, const std::string& file) {
  constexpr int kDeepest = 3;  // an entry's lists
  std::set<std::string> names;
  const Json header = Json::parse(
      text.begin(), text.end(),
      [&](int depth, Json::parse_event_t event, Json& parsed) {
        const bool opens =
            event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
        if (opens && depth > kDeepest) {
          fail("safetensors_header", file);
        }
        if (event == Json::parse_event_t::key && depth == 1 &&
            !names.insert(parsed.get<std::string>()).second) {
          fail("safetensors_header", file);
        }
        return true;
      },
      false);
  if (!header.is_object()) {
    fail("safetensors_header", file);
  }
  return header;
}

std::optional<std::uint64_t> as_count(const Json& value) {
  return value.is_number_unsigned() ? std::optional(value.get<std::uint64_t>()) : std::nullopt;
}

void read_shape(const Json& shape, Entry& entry, const std::string& file) {
  const ProblemValues which = {{"name", entry.array.name}};
  if (!shape.is_array() || shape.size() > kMostSides) {
    fail("safetensors_entry", file, which);
  }
  bool empty = false;
  for (const Json& side : shape) {
    const auto size = as_count(side);
    if (!size) {
      fail("safetensors_entry", file, which);
    }
    const auto most = static_cast<std::uint64_t>(kMostElements / entry.count);
    if (*size > most) {
      fail("safetensors_entry", file, which);
    }
    const auto whole = static_cast<std::int64_t>(*size);
    empty = empty || whole == 0;
    entry.count *= std::max<std::int64_t>(whole, 1);
    entry.array.shape.push_back(whole);
  }
  entry.count = empty ? 0 : entry.count;
}

Entry read_entry(const std::string& name, const Json& value, std::uint64_t data_size,
                 const std::string& file) {
  Entry entry;
  entry.array.name = PlainText(name).shown();
  const ProblemValues which = {{"name", entry.array.name}};
  const bool complete = value.is_object() && value.contains("dtype") && value.contains("shape") &&
                        value.contains("data_offsets") && value["dtype"].is_string() &&
                        value["data_offsets"].is_array() && value["data_offsets"].size() == 2;
  if (!complete) {
    fail("safetensors_entry", file, which);
  }
  const std::string dtype = value["dtype"].get<std::string>();
  const auto known = std::ranges::find(kTypes, dtype, &TypeName::name);
  entry.array.readable = known != kTypes.end();
  entry.array.dtype =
      entry.array.readable ? std::string(known->numpy) : PlainText(dtype).quoted(0, dtype.size());
  read_shape(value["shape"], entry, file);
  const auto begin = as_count(value["data_offsets"][0]);
  const auto end = as_count(value["data_offsets"][1]);
  if (!begin || !end || *begin > *end || *end > data_size) {
    fail("safetensors_offsets", file, which);
  }
  entry.begin = *begin;
  entry.end = *end;
  if (entry.array.readable) {
    entry.type = known->type;
    if (static_cast<std::uint64_t>(entry.count) * known->type.size != *end - *begin) {
      fail("safetensors_offsets", file, which);
    }
  }
  return entry;
}

std::vector<Entry> read_entries(Bytes bytes, const std::string& file) {
  const std::string_view text = header_text(bytes, file);
  const std::uint64_t data_size = bytes.size() - kLengthSize - text.size();
  const Json header = parse_header(text, file);
  std::vector<Entry> entries;
  for (const auto& [name, value] : header.items()) {
    if (name != "__metadata__") {
      entries.push_back(read_entry(name, value, data_size, file));
    }
  }
  if (entries.empty()) {
    fail("safetensors_empty", file);
  }
  std::vector<const Entry*> by_place;
  for (const Entry& entry : entries) {
    by_place.push_back(&entry);
  }
  std::ranges::sort(by_place, {}, [](const Entry* e) { return std::pair(e->begin, e->end); });
  std::uint64_t end = 0;
  for (const Entry* entry : by_place) {
    if (entry->begin != end) {
      fail("safetensors_offsets", file, {{"name", entry->array.name}});
    }
    end = entry->end;
  }
  if (end != data_size) {
    fail("safetensors_offsets", file, {{"name", by_place.back()->array.name}});
  }
  return entries;
}

std::vector<NamedArray> arrays_of(std::vector<Entry> entries) {
  std::vector<NamedArray> arrays;
  for (Entry& entry : entries) {
    arrays.push_back(std::move(entry.array));
  }
  return arrays;
}

}  // namespace

std::vector<NamedArray> safetensors_arrays(std::span<const std::byte> bytes,
                                           const std::string& file) {
  return arrays_of(read_entries(bytes, file));
}

NpyArray read_safetensors(std::span<const std::byte> bytes, const std::string& name,
                          const std::string& file) {
  std::vector<Entry> entries = read_entries(bytes, file);
  const auto entry = std::ranges::find(entries, name, [](const Entry& e) { return e.array.name; });
  if (entry == entries.end()) {
    fail("array_name_unknown", file,
         {{"name", name}, {"names", names_of(arrays_of(std::move(entries)))}});
  }
  if (!entry->type) {
    fail("safetensors_dtype", file, {{"name", name}, {"dtype", entry->array.dtype}});
  }
  if (entry->count > lesson::kMaxTensorValues) {
    fail("npy_too_large", file + ":" + name, {{"limit", lesson::kMaxTensorValues}});
  }
  NpyArray array{entry->array.shape, std::vector<float>(static_cast<std::size_t>(entry->count))};
  const std::size_t data = kLengthSize + header_text(bytes, file).size();
  const std::byte* from = bytes.data() + data + entry->begin;
  for (float& value : array.values) {
    value = element_at(from, *entry->type);
    from += entry->type->size;
  }
  return array;
}

}  // namespace convscope::imports
