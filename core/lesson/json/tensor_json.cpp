#include "core/lesson/json/tensor_json.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/lesson/enum_names.h"
#include "core/lesson/limits.h"

namespace convscope::lesson {
namespace {

using Sides = std::vector<std::int64_t>;

constexpr double kMostRandom = 1e6;

std::int64_t most_rank(TensorLayout layout) {
  return layout == TensorLayout::kPlanes ? 4 : layout == TensorLayout::kSignal ? 3 : 1;
}

// Sizes in the nesting order of a file -> (N, C, H, W).
Shape shape_of(const JsonAt& at, Sides sides, TensorLayout layout) {
  const std::int64_t most = most_rank(layout);
  const std::int64_t least = layout == TensorLayout::kPlanes ? 2 : 1;
  const auto rank = static_cast<std::int64_t>(sides.size());
  if (rank < least || rank > most) {
    at.fail("tensor_rank", {{"rank", rank}, {"low", least}, {"high", most}});
  }
  sides.insert(sides.begin(), static_cast<std::size_t>(most - rank), 1);
  Shape shape = {1, 1, 1, sides.back()};
  if (layout == TensorLayout::kPlanes) {
    shape = {sides[0], sides[1], sides[2], sides[3]};
  } else if (layout == TensorLayout::kSignal) {
    shape = {sides[0], sides[1], 1, sides[2]};
  }
  if (saturating_count(shape) > kMaxTensorValues) {
    at.fail("tensor_too_large", {{"limit", kMaxTensorValues}});
  }
  return shape;
}

// (N, C, H, W) -> sizes in the nesting order of a file, without leading ones.
Sides sides_of(const Shape& shape, TensorLayout layout) {
  Sides sides = {shape.n, shape.c, shape.h, shape.w};
  std::size_t least = 2;
  if (layout == TensorLayout::kSignal) {
    sides = {shape.n, shape.c, shape.w};
    least = 1;
  } else if (layout == TensorLayout::kVector) {
    return {shape.w};
  }
  while (sides.size() > least && sides.front() == 1) {
    sides.erase(sides.begin());
  }
  return sides;
}

// Appends the numbers of nested lists, checking that all lists of one level have equal lengths.
void collect(const JsonAt& at, std::span<const std::int64_t> sides, std::vector<float>& values) {
  if (sides.empty()) {
    values.push_back(at.small_number());
    return;
  }
  const std::vector<JsonAt> elements = at.elements();
  if (static_cast<std::int64_t>(elements.size()) != sides.front()) {
    at.fail("tensor_ragged",
            {{"expected", sides.front()}, {"found", static_cast<std::int64_t>(elements.size())}});
  }
  for (const JsonAt& element : elements) {
    collect(element, sides.subspan(1), values);
  }
}

void parse_inline(const JsonAt& at, TensorLayout layout, TensorRef& ref) {
  Sides sides;
  const JsonNode* first = &at.node();
  while (const auto* array = std::get_if<JsonNode::Array>(&first->value)) {
    if (array->empty()) {
      at.fail("json_empty_array");
    }
    sides.push_back(static_cast<std::int64_t>(array->size()));
    first = &array->front();
  }
  if (sides.empty()) {
    at.fail("json_not_array");
  }
  const Shape shape = shape_of(at, sides, layout);
  std::vector<float> values;
  collect(at, sides, values);
  ref.source = InlineSource{};
  ref.base = Tensor(shape, std::move(values));
}

std::uint64_t parse_seed(const JsonAt& at) {
  if (const auto* large = std::get_if<std::uint64_t>(&at.node().value)) {
    return *large;
  }
  return static_cast<std::uint64_t>(at.integer(0));
}

double parse_bound(const JsonAt& at) {
  const double value = at.number();
  if (std::abs(value) > kMostRandom) {
    const auto most = static_cast<std::int64_t>(kMostRandom);
    at.fail("json_out_of_range", {{"low", -most}, {"high", most}});
  }
  return value;
}

void parse_seeded(const JsonAt& at, TensorLayout layout, TensorPool& pool, TensorRef& ref) {
  RandomSpec random;
  random.seed = parse_seed(at.get("seed"));
  if (const auto distribution = at.find("distribution")) {
    random.distribution = distribution->choice(kDistributions);
  }
  if (const auto low = at.find("low")) {
    random.low = parse_bound(*low);
  }
  if (const auto high = at.find("high")) {
    random.high = parse_bound(*high);
  }
  if (random.low > random.high) {
    at.get("low").fail("random_bounds");
  }
  const JsonAt list = at.get("shape");
  Sides sides;
  for (const JsonAt& side : list.elements()) {
    sides.push_back(side.integer(1, kMaxTensorValues));
  }
  const Shape shape = shape_of(list, std::move(sides), layout);
  ref.source = SeededSource{random};
  ref.base = pool.random(list, shape, random);
}

// An array file adds its leading ones before (C, L), where a signal has none.
Tensor as_signal(const JsonAt& at, const Tensor& tensor) {
  const Shape& shape = tensor.shape();
  if (shape.h == 1) {
    return tensor;
  }
  if (shape.n != 1) {
    at.fail("tensor_rank", {{"rank", std::int64_t{4}}, {"low", std::int64_t{1}}, {"high", 3}});
  }
  const auto values = tensor.values();
  return Tensor({shape.c, shape.h, 1, shape.w}, {values.begin(), values.end()});
}

// A file's key, and what may be said besides.
struct FileKind {
  std::string_view key;
  FileSource::Kind kind;
  bool named;  // holds several arrays
};
constexpr std::array<FileKind, 4> kFileKinds = {
    {{"npy", FileSource::Kind::kNpy, false},
     {"npz", FileSource::Kind::kNpz, true},
     {"safetensors", FileSource::Kind::kSafetensors, true},
     {"image", FileSource::Kind::kImage, false}}};

const FileKind& kind_of(const FileSource& source) {
  return *std::ranges::find(kFileKinds, source.kind, &FileKind::kind);
}

std::vector<std::string_view> keys_beside(const FileKind& kind) {
  if (kind.kind == FileSource::Kind::kImage) {
    return {"shrink"};
  }
  return kind.named ? std::vector<std::string_view>{"name", "slice"}
                    : std::vector<std::string_view>{"slice"};
}

FileSource parse_source(const JsonAt& tensor, const FileKind& kind) {
  FileSource source{kind.kind, tensor.get(kind.key).text()};
  if (kind.named) {
    source.name = tensor.get("name").text();
  }
  if (const auto slice = tensor.find("slice")) {
    source.slice = slice->text();
  }
  if (const auto shrink = tensor.find("shrink")) {
    source.shrink = shrink->boolean();
  }
  return source;
}

// Only whoever reads the file knows whether it has such a part.
Tensor loaded(const JsonAt& tensor, const FileSource& source, TensorPool& pool) {
  try {
    return pool.file(tensor, source);
  } catch (const Failure& failure) {
    if (failure.problem().code.starts_with("slice_")) {
      tensor.get("slice").fail(failure.problem().code, failure.problem().values);
    }
    throw;
  }
}

void parse_file(const JsonAt& tensor, const FileKind& kind, TensorLayout layout, TensorPool& pool,
                TensorRef& ref) {
  const JsonAt at = tensor.get(kind.key);
  FileSource source = parse_source(tensor, kind);
  if (!pool.reads_files()) {
    at.fail("tensor_file_unavailable", {{"name", source.path}});
  }
  ref.base = loaded(tensor, source, pool);
  if (ref.base.empty()) {
    at.fail("tensor_file_empty", {{"name", source.path}});
  }
  if (layout == TensorLayout::kSignal) {
    ref.base = as_signal(at, ref.base);
  }
  ref.source = std::move(source);
}

void write_source(JsonWriter& json, const FileSource& source) {
  const FileKind& kind = kind_of(source);
  json.key(kind.key);
  json.text(source.path);
  if (kind.named) {
    json.key("name");
    json.text(source.name);
  }
  if (!source.slice.empty()) {
    json.key("slice");
    json.text(source.slice);
  }
  if (source.shrink) {
    json.key("shrink");
    json.boolean(true);
  }
}

void parse_edits(const JsonAt& at, TensorRef& ref) {
  std::map<Index, float> edits;
  for (const JsonAt& edit : at.elements()) {
    edit.allow_only({"at", "value"});
    const Index index = parse_index(edit.get("at"));
    if (!contains(ref.base.shape(), index)) {
      edit.get("at").fail("edit_outside");
    }
    edits[index] = edit.get("value").small_number();
  }
  ref.edits = Edits(edits);
}

}  // namespace

TensorRef parse_tensor(const JsonAt& at, TensorLayout layout, TensorPool& pool,
                       std::initializer_list<std::string_view> other_keys) {
  at.members();
  const auto values = at.find("values");
  const auto seed = at.find("seed");
  const auto file = std::ranges::find_if(
      kFileKinds, [&](const FileKind& kind) { return at.find(kind.key).has_value(); });
  const auto files = std::ranges::count_if(
      kFileKinds, [&](const FileKind& kind) { return at.find(kind.key).has_value(); });
  std::vector<std::string_view> keys = {"values", "seed", "edits"};
  for (const FileKind& kind : kFileKinds) {
    keys.push_back(kind.key);
  }
  if (file != kFileKinds.end()) {
    const std::vector<std::string_view> beside = keys_beside(*file);
    keys.insert(keys.end(), beside.begin(), beside.end());
  }
  if (seed) {
    keys.insert(keys.end(), {"shape", "distribution", "low", "high"});
  }
  keys.insert(keys.end(), other_keys.begin(), other_keys.end());
  at.allow_only(keys);
  if (values.has_value() + seed.has_value() + files != 1) {
    at.fail("tensor_source");
  }
  TensorRef ref;
  if (values) {
    parse_inline(*values, layout, ref);
  } else if (seed) {
    parse_seeded(at, layout, pool, ref);
  } else {
    parse_file(at, *file, layout, pool, ref);
  }
  if (const auto edits = at.find("edits")) {
    parse_edits(*edits, ref);
  }
  return ref;
}

bool names_array(const JsonAt& at) {
  return std::ranges::any_of(kFileKinds, [&](const FileKind& kind) {
    return kind.named && at.find(kind.key).has_value();
  });
}

bool names_array(const TensorRef& ref) {
  const auto* file = std::get_if<FileSource>(&ref.source);
  return file != nullptr && kind_of(*file).named;
}

void write_tensor(JsonWriter& json, const TensorRef& ref, TensorLayout layout) {
  const Sides sides = sides_of(ref.base.shape(), layout);
  if (const auto* seeded = std::get_if<SeededSource>(&ref.source)) {
    json.key("seed");
    json.seed(seeded->random.seed);
    json.key("shape");
    json.integers(sides);
    json.key("distribution");
    json.text(word_of(kDistributions, seeded->random.distribution));
    if (seeded->random.distribution != Distribution::kNormal) {
      json.key("low");
      json.number(seeded->random.low);
      json.key("high");
      json.number(seeded->random.high);
    }
  } else if (const auto* file = std::get_if<FileSource>(&ref.source)) {
    write_source(json, *file);
  } else {
    if (!std::ranges::all_of(ref.base.values(), [](float v) { return std::isfinite(v); })) {
      throw Failure({"lesson_not_finite", "values", {}});
    }
    json.key("values");
    json.values(sides, ref.base.values());
  }
  if (ref.edits.empty()) {
    return;
  }
  json.key("edits");
  json.begin_array();
  for (const auto [at, value] : ref.edits) {
    json.begin_object(JsonWriter::Style::kInline);
    json.key("at");
    write_index(json, at);
    json.key("value");
    json.number(static_cast<double>(value));
    json.end_object();
  }
  json.end_array();
}

Index parse_index(const JsonAt& at) {
  const std::vector<JsonAt> elements = at.elements();
  if (elements.empty() || elements.size() > 4) {
    at.fail("index_length");
  }
  std::array<std::int64_t, 4> index{};
  for (std::size_t i = 0; i < elements.size(); ++i) {
    index[4 - elements.size() + i] = elements[i].integer();
  }
  return {index[0], index[1], index[2], index[3]};
}

void write_index(JsonWriter& json, const Index& at) {
  json.integers(std::array{at.n, at.c, at.y, at.x});
}

}  // namespace convscope::lesson
