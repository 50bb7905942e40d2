#include "core/lesson/locale.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <span>

namespace convscope::lesson {
namespace {

constexpr int kDeepestKey = 8;

[[noreturn]] void fail(const char* code, const std::string& key) {
  throw Failure({code, key, {{"key", key}}});
}

void flatten(const nlohmann::json& node, const std::string& key, int depth,
             std::map<std::string, std::string, std::less<>>& texts) {
  if (node.is_string()) {
    texts[key] = node.get<std::string>();
    return;
  }
  if (!node.is_object() || depth > kDeepestKey) {
    fail("locale_not_text", key);
  }
  for (const auto& [name, child] : node.items()) {
    flatten(child, key.empty() ? name : key + "." + name, depth + 1, texts);
  }
}

// Index of the plural form: one, few, many in Russian; one, many in English.
// Source: Unicode CLDR, language plural rules, cardinal numbers.
std::size_t plural_form(Language language, std::int64_t number) {
  const std::int64_t ones = std::abs(number % 10);
  const std::int64_t hundreds = std::abs(number % 100);
  if (language == Language::kEnglish) {
    return number == 1 || number == -1 ? 0 : 1;
  }
  if (ones == 1 && hundreds != 11) {
    return 0;
  }
  return ones >= 2 && ones <= 4 && (hundreds < 12 || hundreds > 14) ? 1 : 2;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

const ProblemValue* find_value(const TextValues& values, std::string_view name) {
  const auto found = std::ranges::find_if(values, [&](const auto& v) { return v.first == name; });
  return found == values.end() ? nullptr : &found->second;
}

// The text for one placeholder, given the text between its braces.
std::string filled(Language language, std::string_view placeholder, const TextValues& values) {
  const std::vector<std::string_view> parts = split(placeholder, '|');
  const ProblemValue* value = find_value(values, parts.front());
  if (value == nullptr) {
    return "{" + std::string(placeholder) + "}";
  }
  const auto* number = std::get_if<std::int64_t>(value);
  if (parts.size() == 1) {
    return number != nullptr ? std::to_string(*number) : std::get<std::string>(*value);
  }
  const std::size_t last = parts.size() - 2;
  const std::size_t form = number != nullptr ? plural_form(language, *number) : last;
  return std::string(parts[1 + std::min(form, last)]);
}

std::string fill(Language language, std::string_view pattern, const TextValues& values) {
  std::string result;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) {
      return result.append(pattern);
    }
    result.append(pattern.substr(0, open));
    result.append(filled(language, pattern.substr(open + 1, close - open - 1), values));
    pattern.remove_prefix(close + 1);
  }
  return result;
}

// Problems of a file or a pasted text get their place appended, unless the sentence names it
// already.
std::string placed_sentence(const Locale& locale, const Problem& problem) {
  const std::string key = "problem." + problem.code;
  const std::string sentence = locale.text(key, problem.values);
  const auto only_known = [&](const char* name) {
    return find_value(problem.values, name) != nullptr &&
           locale.text(key).find("{" + std::string(name)) == std::string::npos;
  };
  TextValues values = problem.values;
  values.emplace_back("sentence", sentence);
  if (only_known("line")) {
    const ProblemValue* path = find_value(problem.values, "path");
    const bool top = path == nullptr || *path == ProblemValue(std::string());
    return locale.text(top ? "problem_place.line" : "problem_place.path", values);
  }
  if (only_known("row")) {
    return locale.text("problem_place.text", values);
  }
  return only_known("layer") ? locale.text("problem_place.layer", values) : sentence;
}

}  // namespace

Locale::Locale(Language language, std::string_view json) : language_(language) {
  const nlohmann::json root = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!root.is_object()) {
    fail("locale_syntax", std::string(code_of(language)));
  }
  flatten(root, "", 0, texts_);
}

bool Locale::has(std::string_view key) const { return texts_.find(key) != texts_.end(); }

const std::string& Locale::text(std::string_view key) const {
  if (const auto found = texts_.find(key); found != texts_.end()) {
    return found->second;
  }
  // Reached only through a bug. The returned reference must stay valid on the calling thread.
  thread_local std::set<std::string> missing;
  return *missing.insert("[" + std::string(key) + "]").first;
}

std::string Locale::text(std::string_view key, const TextValues& values) const {
  return fill(language_, text(key), values);
}

// Of a file that is watched ("watched") it is said that the last good numbers stay.
std::string Locale::sentence(const Problem& problem) const {
  const std::string placed = placed_sentence(*this, problem);
  const ProblemValue* watched = find_value(problem.values, "watched");
  if (watched == nullptr) {
    return placed;
  }
  const bool named = placed.find(std::get<std::string>(*watched)) != std::string::npos;
  return text(named ? "problem_place.kept" : "problem_place.watched",
              {{"watched", *watched}, {"sentence", placed}});
}

std::vector<std::string> Locale::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, text] : texts_) {
    keys.push_back(key);
  }
  return keys;
}

std::string_view code_of(Language language) { return language == Language::kRussian ? "ru" : "en"; }

Language language_from_code(std::string_view code) {
  const bool russian = code.starts_with("ru") || code.starts_with("RU") || code.starts_with("Ru");
  const bool ends =
      code.size() == 2 ||
      (code.size() > 2 && (code[2] == '_' || code[2] == '-' || code[2] == '.' || code[2] == '@'));
  return russian && ends ? Language::kRussian : Language::kEnglish;
}

}  // namespace convscope::lesson
