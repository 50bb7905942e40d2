// The cases in tests/golden/import; make_goldens.py there states their sources.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "core/import/text/result.h"
#include "core/tensor/tensor.h"

namespace convscope::imports::testing {

inline std::string read_text(const std::string& path) {
  std::ifstream file(std::string(CONVSCOPE_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline nlohmann::json golden_cases(const std::string& name) {
  return nlohmann::json::parse(read_text("tests/golden/import/" + name)).at("cases");
}

// The value, or a failing test that names the problem.
template <typename Value>
Value value_of(const Result<Value>& result) {
  if (!ok(result)) {
    const Problem& problem = std::get<Problem>(result);
    std::string text = problem.code;
    for (const auto& [name, value] : problem.values) {
      const auto* word = std::get_if<std::string>(&value);
      text += " " + name + "=" + (word != nullptr ? *word : std::to_string(std::get<0>(value)));
    }
    throw std::runtime_error(text);
  }
  return std::get<Value>(result);
}

template <typename Value>
std::string code_of(const Result<Value>& result) {
  return ok(result) ? "" : std::get<Problem>(result).code;
}

// An integer value of the problem; -1 if there is none.
inline std::int64_t number_of(const Problem& problem, const std::string& name) {
  for (const auto& [key, value] : problem.values) {
    if (key == name && std::holds_alternative<std::int64_t>(value)) {
      return std::get<std::int64_t>(value);
    }
  }
  return -1;
}

inline std::string word_of(const Problem& problem, const std::string& name) {
  for (const auto& [key, value] : problem.values) {
    if (key == name && std::holds_alternative<std::string>(value)) {
      return std::get<std::string>(value);
    }
  }
  return "";
}

// "code row:column" of a problem, for comparison with one string.
template <typename Value>
std::string place_of(const Result<Value>& result) {
  if (ok(result)) {
    return "";
  }
  const Problem& problem = std::get<Problem>(result);
  return problem.code + " " + std::to_string(number_of(problem, "row")) + ":" +
         std::to_string(number_of(problem, "column"));
}

}  // namespace convscope::imports::testing
