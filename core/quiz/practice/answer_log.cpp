#include "core/quiz/practice/answer_log.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/lesson/json/json_writer.h"
#include "core/quiz/answer/misconception.h"
#include "core/quiz/templates/templates.h"

namespace convscope::quiz {
namespace {

std::string text_at(const nlohmann::json& line, const char* key) {
  const auto found = line.find(key);
  return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<LogEntry> read_line(std::string_view text) {
  const nlohmann::json line = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!line.is_object()) {
    return std::nullopt;
  }
  const auto right = line.find("right");
  LogEntry entry;
  entry.template_id = text_at(line, "template");
  if (right == line.end() || !right->is_boolean() || find_template(entry.template_id) == nullptr) {
    return std::nullopt;
  }
  entry.time = text_at(line, "time");
  entry.lesson = text_at(line, "lesson");
  entry.option = text_at(line, "option");
  entry.right = right->get<bool>();
  const auto hinted = line.find("hinted");
  entry.hinted = hinted != line.end() && hinted->is_boolean() && hinted->get<bool>();
  const auto settings = line.find("settings");
  entry.settings = settings != line.end() && settings->is_object() ? settings->dump() : "{}";
  entry.misconception = text_at(line, "misconception");
  const bool is_known = entry.misconception.empty() || is_misconception(entry.misconception);
  return is_known ? std::optional(std::move(entry)) : std::nullopt;
}

}  // namespace

LogEntry log_entry(const Question& question, const Verdict& verdict, std::string time, bool hinted,
                   const lesson::Locale& english) {
  lesson::JsonWriter settings;
  write_values(settings, question.values, english);
  LogEntry entry;
  entry.time = std::move(time);
  entry.lesson = question.lesson;
  entry.template_id = question.template_id;
  entry.settings = settings.result();
  entry.option = answer_text(verdict.answer, english);
  entry.right = verdict.kind == Verdict::Kind::kRight;
  entry.hinted = hinted;
  entry.misconception = verdict.code;
  return entry;
}

std::string log_line(const LogEntry& entry) {
  nlohmann::ordered_json line;
  line["time"] = entry.time;
  line["lesson"] = entry.lesson;
  line["template"] = entry.template_id;
  line["settings"] = nlohmann::ordered_json::parse(entry.settings, nullptr, false);
  line["option"] = entry.option;
  line["right"] = entry.right;
  line["hinted"] = entry.hinted;
  if (!entry.misconception.empty()) {
    line["misconception"] = entry.misconception;
  }
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

AnswerLog read_log(std::string_view text) {
  AnswerLog log;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
      continue;
    }
    if (auto entry = read_line(line)) {
      log.entries.push_back(std::move(*entry));
    } else {
      ++log.broken;
    }
  }
  return log;
}

}  // namespace convscope::quiz
