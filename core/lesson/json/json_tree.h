// JSON with positions: every value knows its line, and every error names file, path and line.
// Internal to core/lesson.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/lesson/locale.h"

namespace convscope::lesson {

struct JsonMember;

struct JsonNode {
  using Array = std::vector<JsonNode>;
  using Object = std::vector<JsonMember>;

  // Integers are std::int64_t; std::uint64_t holds only those above its range.
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array,
               Object>
      value;
  std::int64_t line = 1;
};

struct JsonMember {
  std::string key;
  JsonNode node;
};

// Throws Failure "json_*" on malformed text, excessive nesting, duplicate keys and numbers beyond
// double.
JsonNode parse_json(std::string_view json, const std::string& file);

// A value in a document. The node and the file name must outlive it. Every accessor throws Failure
// if the value has another type or range.
class JsonAt {
 public:
  JsonAt(const JsonNode& node, const std::string& file, std::string path = "")
      : node_(&node), file_(&file), path_(std::move(path)) {}

  const JsonNode& node() const { return *node_; }
  const std::string& path() const { return path_; }
  [[noreturn]] void fail(std::string code, TextValues values = {}) const;

  bool is_array() const { return std::holds_alternative<JsonNode::Array>(node_->value); }
  bool is_object() const { return std::holds_alternative<JsonNode::Object>(node_->value); }
  bool is_string() const { return std::holds_alternative<std::string>(node_->value); }

  // For objects.
  std::optional<JsonAt> find(std::string_view key) const;
  JsonAt get(std::string_view key) const;
  void allow_only(std::span<const std::string_view> keys) const;
  void allow_only(std::initializer_list<std::string_view> keys) const {
    allow_only(std::span(keys.begin(), keys.size()));
  }
  const JsonNode::Object& members() const;

  // For arrays.
  std::vector<JsonAt> elements() const;
  std::vector<JsonAt> at_least_one() const;

  const std::string& text() const;
  bool boolean() const;
  double number() const;
  float small_number() const;  // within float's range
  std::int64_t integer(std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t high = std::numeric_limits<std::int64_t>::max()) const;

  // The value for a word, from a table of (word, value).
  template <typename Table>
  auto choice(const Table& table) const {
    std::string words;
    for (const auto& [word, value] : table) {
      if (text() == word) {
        return value;
      }
      words.append(words.empty() ? "" : ", ").append(word);
    }
    fail("json_unknown_choice", {{"value", text()}, {"choices", words}});
  }

 private:
  const JsonNode* node_;
  const std::string* file_;
  std::string path_;
};

// The word for a value, from the same table.
template <typename Table, typename Value>
std::string_view word_of(const Table& table, const Value& value) {
  for (const auto& [word, other] : table) {
    if (other == value) {
      return word;
    }
  }
  return "";
}

}  // namespace convscope::lesson
