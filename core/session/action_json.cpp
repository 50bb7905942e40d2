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
  explicit FieldWriter(lesson::JsonWriter& json) : json_(json) {}

  bool has(std::string_view, bool present) override { return present; }
  void integer(std::string_view key, std::int64_t& value) override {
    json_.key(key);
    json_.integer(value);
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
};

}  // namespace

std::string action_json(const Action& action) {
  const action::Row& row = action::row_of(action);
  if (row.name.empty()) {
    return "";
  }
  lesson::JsonWriter json;
  json.begin_object(lesson::JsonWriter::Style::kInline);
  json.key("do");
  json.text(row.name);
  FieldWriter writer(json);
  Action copy = action;
  row.visit(writer, copy);
  json.end_object();
  return json.result();
}

}  // namespace convscope::session
