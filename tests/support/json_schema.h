// The subset of JSON Schema (draft 2020-12) that assets/lesson.schema.json uses. Unknown keywords
// throw, so that a schema can't rely on something that is not checked.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <string>

namespace convscope::testing {

class JsonSchema {
 public:
  using Json = nlohmann::json;

  explicit JsonSchema(Json root) : root_(std::move(root)) {}

  bool allows(const Json& value) const { return allows(root_, value); }
  const Json& definition(const std::string& name) const { return root_.at("$defs").at(name); }

 private:
  bool allows(const Json& schema, const Json& value) const {
    if (schema.is_boolean()) {
      return schema.get<bool>();
    }
    for (const auto& [keyword, rule] : schema.items()) {
      if (!holds(schema, keyword, rule, value)) {
        return false;
      }
    }
    return true;
  }

  bool holds(const Json& schema, const std::string& keyword, const Json& rule,
             const Json& value) const {
    static const std::set<std::string> kSilent = {"$schema", "$defs", "title", "description"};
    if (kSilent.contains(keyword)) {
      return true;
    }
    if (keyword == "$ref") {
      return allows(root_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value);
    }
    if (keyword == "const") {
      return value == rule;
    }
    if (keyword == "enum") {
      return std::ranges::find(rule, value) != rule.end();
    }
    if (keyword == "type") {
      return is_of_type(rule.get<std::string>(), value);
    }
    if (keyword == "oneOf" || keyword == "anyOf" || keyword == "allOf") {
      return combined(keyword, rule, value);
    }
    if (keyword == "minimum" || keyword == "maximum") {
      return !value.is_number() || (keyword == "minimum" ? value >= rule : value <= rule);
    }
    return value.is_object()  ? object_holds(schema, keyword, rule, value)
           : value.is_array() ? array_holds(keyword, rule, value)
                              : is_known(keyword);
  }

  static bool is_known(const std::string& keyword) {
    static const std::set<std::string> kContainers = {"properties",    "additionalProperties",
                                                      "required",      "dependentRequired",
                                                      "minProperties", "items",
                                                      "minItems",      "maxItems",
                                                      "uniqueItems"};
    if (!kContainers.contains(keyword)) {
      throw std::logic_error("unknown keyword " + keyword);
    }
    return true;
  }

  static bool is_of_type(const std::string& type, const Json& value) {
    return type == "object"    ? value.is_object()
           : type == "array"   ? value.is_array()
           : type == "string"  ? value.is_string()
           : type == "boolean" ? value.is_boolean()
           : type == "integer" ? value.is_number_integer()
           : type == "number"  ? value.is_number()
                               : throw std::logic_error("unknown type " + type);
  }

  bool combined(const std::string& keyword, const Json& rules, const Json& value) const {
    const auto count = static_cast<std::size_t>(
        std::ranges::count_if(rules, [&](const Json& rule) { return allows(rule, value); }));
    return keyword == "allOf" ? count == rules.size() : keyword == "anyOf" ? count > 0 : count == 1;
  }

  bool object_holds(const Json& schema, const std::string& keyword, const Json& rule,
                    const Json& value) const {
    const auto has_all = [&](const Json& keys) {
      return std::ranges::all_of(
          keys, [&](const Json& key) { return value.contains(key.get<std::string>()); });
    };
    if (keyword == "required") {
      return has_all(rule);
    }
    if (keyword == "minProperties") {
      return value.size() >= rule.get<std::size_t>();
    }
    for (const auto& [key, member] : value.items()) {
      const bool named = schema.contains("properties") && schema["properties"].contains(key);
      const bool wrong =
          (keyword == "properties" && named && !allows(rule.at(key), member)) ||
          (keyword == "additionalProperties" && !named && !allows(rule, member)) ||
          (keyword == "dependentRequired" && rule.contains(key) && !has_all(rule.at(key)));
      if (wrong) {
        return false;
      }
    }
    return is_known(keyword);
  }

  bool array_holds(const std::string& keyword, const Json& rule, const Json& value) const {
    if (keyword == "items") {
      return std::ranges::all_of(value, [&](const Json& item) { return allows(rule, item); });
    }
    if (keyword == "minItems" || keyword == "maxItems") {
      const auto limit = rule.get<std::size_t>();
      return keyword == "minItems" ? value.size() >= limit : value.size() <= limit;
    }
    if (keyword == "uniqueItems") {
      return std::set<Json>(value.begin(), value.end()).size() == value.size();
    }
    return is_known(keyword);
  }

  Json root_;
};

}  // namespace convscope::testing
