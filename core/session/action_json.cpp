#include <algorithm>

#include "core/lesson/json/json_writer.h"
#include "core/lesson/json/spec_json.h"
#include "core/lesson/json/tensor_json.h"
#include "core/session/action.h"
#include "core/session/action/rows.h"
#include "core/session/enum_names.h"

namespace convscope::session {
namespace {

class FieldWriter : public action::Fields {
 public:
  // `all`: also what may be left out.
  explicit FieldWriter(lesson::JsonWriter& json, bool all = false) : json_(json), all_(all) {}

  bool has(std::string_view, bool present) override { return present || all_; }
  void integer(std::string_view key, std::int64_t& value) override {
    json_.key(key);
    json_.integer(all_ ? std::max<std::int64_t>(value, 0) : value);  // -1: none
  }
  void number(std::string_view key, double& value) override {
    json_.key(key);
    json_.number(value);
  }
  void value(std::string_view key, float& value) override {
    json_.key(key);
    json_.number(static_cast<double>(value));
  }
  void values(std::string_view key, std::vector<float>& values) override {
    json_.key(key);
    json_.begin_array();
    for (const float value : values) {
      json_.number(static_cast<double>(value));
    }
    json_.end_array();
  }
  void boolean(std::string_view key, bool& value) override {
    json_.key(key);
    json_.boolean(value);
  }
  void text(std::string_view key, std::string& value) override {
    json_.key(key);
    json_.text(value);
  }
  void place(std::string_view key, Index& at) override {
    json_.key(key);
    lesson::write_index(json_, at);
  }
  void choice(std::string_view key, std::span<const std::string_view> words,
              std::size_t& chosen) override {
    json_.key(key);
    json_.text(words[chosen]);
  }
  void spec(conv::LayerSpec& spec) override {
    if (spec.op != conv::Op::kConv) {
      json_.key("op");
      json_.text(lesson::word_of(lesson::kOps, lesson::OpWord{spec.op, false}));
    }
    lesson::write_spec(json_, spec, /*one_dimensional=*/false, /*all=*/true);
  }
  void optimizer(conv::Optimizer& optimizer) override { lesson::write_optimizer(json_, optimizer); }
  void problem(Problem& problem) override { lesson::write_problem(json_, problem); }

 private:
  lesson::JsonWriter& json_;
  bool all_;
};

// What a reader has to know beside an example: the words that a field takes, and what may be left
// out.
class FieldNotes : public action::Fields {
 public:
  bool has(std::string_view key, bool) override {
    optional_.emplace_back(key);
    return true;
  }
  void integer(std::string_view, std::int64_t&) override {}
  void number(std::string_view, double&) override {}
  void value(std::string_view, float&) override {}
  void values(std::string_view, std::vector<float>&) override {}
  void boolean(std::string_view, bool&) override {}
  void text(std::string_view, std::string&) override {}
  void place(std::string_view, Index&) override {}
  void choice(std::string_view key, std::span<const std::string_view> words,
              std::size_t&) override {
    std::string line(key);
    for (std::size_t i = 0; i < words.size(); ++i) {
      line += (i == 0 ? ": " : ", ") + std::string(words[i]);
    }
    notes_.push_back(line);
  }
  void spec(conv::LayerSpec&) override {}
  void optimizer(conv::Optimizer&) override {}
  void problem(Problem&) override {}

  std::vector<std::string> lines() const {
    std::vector<std::string> all = notes_;
    std::string line;
    for (const std::string& key : optional_) {
      line += (line.empty() ? "may be left out: " : ", ") + key;
    }
    if (!line.empty()) {
      all.push_back(line);
    }
    return all;
  }

 private:
  std::vector<std::string> notes_;
  std::vector<std::string> optional_;
};

std::string json_of(const action::Row& row, Action action, bool all) {
  lesson::JsonWriter json;
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("do");
  json.text(row.name);
  FieldWriter writer(json, all);
  row.visit(writer, action);
  json.end_object();
  return json.result();
}

}  // namespace

std::string action_json(const Action& action) {
  const action::Row& row = action::row_of(action);
  return row.name.empty() ? "" : json_of(row, action, /*all=*/false);
}

std::string action_reference() {
  std::string text;
  for (const action::Row& row : action::rows()) {
    if (row.name.empty()) {
      continue;
    }
    text += json_of(row, row.blank, /*all=*/true) + "\n";
    FieldNotes notes;
    Action blank = row.blank;
    row.visit(notes, blank);
    for (const std::string& line : notes.lines()) {
      text += "    " + line + "\n";
    }
  }
  return text;
}

}  // namespace convscope::session
