#include "core/lesson/json/json_tree.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "core/lesson/spelling.h"

namespace convscope::lesson {
namespace {

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kMostValues = std::size_t{1} << 22;  // larger tensors belong in .npy files
constexpr std::size_t kFarthestHint = 2;

// The library's parser doesn't report lines to its SAX handlers, so lines are counted as the
// characters are read.
struct LineCount {
  std::int64_t line = 1;
  bool after_newline = false;
};

class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, LineCount* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    count_->after_newline = *at_ == '\n';
    count_->line += count_->after_newline ? 1 : 0;
    ++at_;
    return *this;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
  bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  LineCount* count_;
};

class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view json, const std::string& file, const LineCount& count)
      : json_(json), file_(file), count_(count) {}

  JsonNode take() { return std::move(root_); }

  bool null() override { return add(std::monostate{}); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add_number(value); }
  bool number_unsigned(std::uint64_t value) override {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return value > kMost ? add_number(value) : add_number(static_cast<std::int64_t>(value));
  }
  bool number_float(double value, const std::string&) override { return add_number(value); }
  bool string(std::string& value) override { return add(std::move(value)); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonNode::Object{}); }
  bool start_array(std::size_t) override { return open(JsonNode::Array{}); }
  bool key(std::string& key) override {
    key_ = std::move(key);
    return true;
  }
  bool end_array() override {
    open_.pop_back();
    return true;
  }
  bool end_object() override {
    std::set<std::string_view> met;
    for (const JsonMember& member : std::get<JsonNode::Object>(open_.back()->value)) {
      if (!met.insert(member.key).second) {
        fail("json_duplicate_key", member.node.line, {{"key", member.key}});
      }
    }
    open_.pop_back();
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int kNumberOverflow = 406;
    const std::string_view before =
        json_.substr(0, std::min(json_.size(), std::max<std::size_t>(position, 1) - 1));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t newline = before.rfind('\n');
    const std::size_t column =
        before.size() - (newline == std::string_view::npos ? 0 : newline + 1) + 1;
    fail(error.id == kNumberOverflow ? "json_number_range" : "json_syntax", line,
         {{"column", static_cast<std::int64_t>(column)}});
  }

 private:
  [[noreturn]] void fail(const char* code, std::int64_t line, TextValues values) const {
    values.insert(values.begin(), {{"file", file_}, {"line", line}});
    throw Failure({code, "", std::move(values)});
  }

  // The parser notices the end of a number at the next character, which may be on the next line.
  template <typename Number>
  bool add_number(Number value) {
    return add(value, count_.line - (count_.after_newline ? 1 : 0));
  }

  template <typename Value>
  bool add(Value value) {
    return add(std::move(value), count_.line);
  }

  template <typename Value>
  bool add(Value value, std::int64_t line) {
    if (++values_ > kMostValues) {
      fail("json_too_large", line, {{"limit", static_cast<std::int64_t>(kMostValues)}});
    }
    last_ = &place();
    last_->value = std::move(value);
    last_->line = line;
    return true;
  }

  template <typename Container>
  bool open(Container container) {
    if (open_.size() == kDeepest) {
      fail("json_too_deep", count_.line, {{"limit", static_cast<std::int64_t>(kDeepest)}});
    }
    add(std::move(container));
    open_.push_back(last_);
    return true;
  }

  // Where the next value is stored. An open container never moves: its parent gets no other
  // children until it is closed.
  JsonNode& place() {
    if (open_.empty()) {
      return root_;
    }
    if (auto* array = std::get_if<JsonNode::Array>(&open_.back()->value)) {
      return array->emplace_back();
    }
    auto& object = std::get<JsonNode::Object>(open_.back()->value);
    return object.emplace_back(JsonMember{std::move(key_), {}}).node;
  }

  std::string_view json_;
  const std::string& file_;
  const LineCount& count_;
  JsonNode root_;
  JsonNode* last_ = nullptr;
  std::vector<JsonNode*> open_;
  std::string key_;
  std::size_t values_ = 0;
};

std::string joined(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

}  // namespace

JsonNode parse_json(std::string_view json, const std::string& file) {
  LineCount count;
  TreeBuilder builder(json, file, count);
  nlohmann::json::sax_parse(CountingIterator(json.data(), &count),
                            CountingIterator(json.data() + json.size(), &count), &builder);
  return builder.take();
}

void JsonAt::fail(std::string code, TextValues values) const {
  values.insert(values.begin(), {{"file", *file_}, {"line", node_->line}, {"path", path_}});
  throw Failure({std::move(code), path_, std::move(values)});
}

const JsonNode::Object& JsonAt::members() const {
  if (!is_object()) {
    fail("json_not_object");
  }
  return std::get<JsonNode::Object>(node_->value);
}

std::optional<JsonAt> JsonAt::find(std::string_view key) const {
  for (const JsonMember& member : members()) {
    if (member.key == key) {
      return JsonAt(member.node, *file_, joined(path_, key));
    }
  }
  return std::nullopt;
}

JsonAt JsonAt::get(std::string_view key) const {
  if (const auto found = find(key)) {
    return *found;
  }
  fail("json_missing_key", {{"key", std::string(key)}});
}

void JsonAt::allow_only(std::span<const std::string_view> keys) const {
  for (const JsonMember& member : members()) {
    if (std::ranges::find(keys, member.key) != keys.end()) {
      continue;
    }
    const JsonAt at(member.node, *file_, joined(path_, member.key));
    // One letter of the word at least is right.
    const std::size_t letters = std::max<std::size_t>(member.key.size(), 1);
    const auto nearest = nearest_within(member.key, keys, std::min(kFarthestHint, letters - 1));
    if (!nearest.empty()) {
      at.fail("json_unknown_key_near", {{"key", member.key}, {"nearest", std::string(nearest)}});
    }
    at.fail("json_unknown_key", {{"key", member.key}});
  }
}

std::vector<JsonAt> JsonAt::elements() const {
  if (!is_array()) {
    fail("json_not_array");
  }
  std::vector<JsonAt> elements;
  for (const JsonNode& node : std::get<JsonNode::Array>(node_->value)) {
    elements.emplace_back(node, *file_, path_ + "[" + std::to_string(elements.size()) + "]");
  }
  return elements;
}

std::vector<JsonAt> JsonAt::at_least_one() const {
  std::vector<JsonAt> found = elements();
  if (found.empty()) {
    fail("json_empty_array");
  }
  return found;
}

const std::string& JsonAt::text() const {
  if (!is_string()) {
    fail("json_not_string");
  }
  return std::get<std::string>(node_->value);
}

bool JsonAt::boolean() const {
  const auto* value = std::get_if<bool>(&node_->value);
  if (value == nullptr) {
    fail("json_not_bool");
  }
  return *value;
}

double JsonAt::number() const {
  if (const auto* value = std::get_if<std::int64_t>(&node_->value)) {
    return static_cast<double>(*value);
  }
  if (const auto* value = std::get_if<std::uint64_t>(&node_->value)) {
    return static_cast<double>(*value);
  }
  const auto* value = std::get_if<double>(&node_->value);
  if (value == nullptr) {
    fail("json_not_number");
  }
  return *value;
}

float JsonAt::small_number() const {
  constexpr double kMost = std::numeric_limits<float>::max();
  constexpr double kMostInWords = 3.4028235e38;  // shortest text of FLT_MAX, slightly above it
  const double value = number();
  if (std::abs(value) > kMostInWords) {
    fail("json_number_range");
  }
  return static_cast<float>(std::clamp(value, -kMost, kMost));
}

std::int64_t JsonAt::integer(std::int64_t low, std::int64_t high) const {
  const auto* value = std::get_if<std::int64_t>(&node_->value);
  if (value == nullptr) {
    fail("json_not_integer");
  }
  if (*value < low || *value > high) {
    fail("json_out_of_range", {{"low", low}, {"high", high}});
  }
  return *value;
}

}  // namespace convscope::lesson
