#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/lesson/enum_names.h"
#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/spec_json.h"
#include "core/lesson/json/tensor_json.h"
#include "core/session/action.h"
#include "core/session/action/rows.h"
#include "core/session/enum_names.h"

namespace convscope::session {
namespace {

constexpr std::int64_t kFormat = 1;

// Numbers beyond float become infinite: update() refuses them with a notice, as when typed.
float float_of(const lesson::JsonAt& at) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const double value = at.number();
  if (std::abs(value) > static_cast<double>(std::numeric_limits<float>::max())) {
    return value < 0 ? -kInfinity : kInfinity;
  }
  return static_cast<float>(value);
}

class FieldReader : public action::Fields {
 public:
  explicit FieldReader(const lesson::JsonAt& at) : at_(at) {}

  bool has(std::string_view key, bool) override { return at_.find(key).has_value(); }
  void integer(std::string_view key, std::int64_t& value) override {
    value = at_.get(key).integer();
  }
  void number(std::string_view key, double& value) override { value = at_.get(key).number(); }
  void value(std::string_view key, float& value) override { value = float_of(at_.get(key)); }
  void values(std::string_view key, std::vector<float>& values) override {
    values.clear();
    for (const lesson::JsonAt& value : at_.get(key).elements()) {
      values.push_back(float_of(value));
    }
  }
  void boolean(std::string_view key, bool& value) override { value = at_.get(key).boolean(); }
  void text(std::string_view key, std::string& value) override { value = at_.get(key).text(); }
  void place(std::string_view key, Index& at) override { at = lesson::parse_index(at_.get(key)); }
  void choice(std::string_view key, std::span<const std::string_view> words,
              std::size_t& chosen) override {
    std::vector<std::pair<std::string_view, std::size_t>> table;
    for (const std::string_view word : words) {
      table.emplace_back(word, table.size());
    }
    chosen = at_.get(key).choice(table);
  }
  void spec(conv::LayerSpec& spec) override {
    if (const auto op = at_.find("op")) {
      spec.op = op->choice(lesson::kOps).op;
    }
    spec = lesson::parse_spec(at_, /*one_dimensional=*/false, spec);
    if (const auto bias = at_.find("bias")) {
      spec.bias = bias->boolean();
    }
  }
  void optimizer(conv::Optimizer& optimizer) override { optimizer = lesson::parse_optimizer(at_); }
  void problem(Problem& problem) override {
    problem.code = at_.get("code").text();
    if (const auto field = at_.find("field")) {
      problem.field = field->text();
    }
    if (const auto values = at_.find("values")) {
      for (const lesson::JsonMember& member : values->members()) {
        const lesson::JsonAt value = values->get(member.key);
        problem.values.emplace_back(
            member.key, value.is_string() ? ProblemValue(value.text()) : value.integer());
      }
    }
  }

 private:
  const lesson::JsonAt& at_;
};

// The keys that an action may have.
class KeyList : public action::Fields {
 public:
  explicit KeyList(std::vector<std::string_view>& keys) : keys_(keys) {}

  bool has(std::string_view, bool) override { return true; }
  void integer(std::string_view key, std::int64_t&) override { keys_.push_back(key); }
  void number(std::string_view key, double&) override { keys_.push_back(key); }
  void value(std::string_view key, float&) override { keys_.push_back(key); }
  void values(std::string_view key, std::vector<float>&) override { keys_.push_back(key); }
  void boolean(std::string_view key, bool&) override { keys_.push_back(key); }
  void text(std::string_view key, std::string&) override { keys_.push_back(key); }
  void place(std::string_view key, Index&) override { keys_.push_back(key); }
  void choice(std::string_view key, std::span<const std::string_view>, std::size_t&) override {
    keys_.push_back(key);
  }
  void spec(conv::LayerSpec&) override {
    keys_.insert(keys_.end(),
                 {"op", "in_channels", "out_channels", "kernel_size", "stride", "padding",
                  "padding_mode", "dilation", "groups", "bias", "flip", "output_padding",
                  "ceil_mode", "count_include_pad", "divisor_override"});
  }
  void optimizer(conv::Optimizer&) override {
    keys_.insert(keys_.end(), {"optimizer", "lr", "momentum", "beta1", "beta2", "eps"});
  }
  void problem(Problem&) override { keys_.insert(keys_.end(), {"code", "field", "values"}); }

 private:
  std::vector<std::string_view>& keys_;
};

Action parse_action(const lesson::JsonAt& at, std::size_t index) {
  const lesson::JsonAt name = at.get("do");
  const auto row = std::ranges::find(action::rows(), name.text(), &action::Row::name);
  if (row == action::rows().end() || row->name.empty()) {
    name.fail("replay_unknown_action",
              {{"index", static_cast<std::int64_t>(index)}, {"action", name.text()}});
  }
  Action action = row->blank;
  std::vector<std::string_view> keys;
  KeyList list(keys);
  row->visit(list, action);
  keys.push_back("do");
  at.allow_only(keys);
  action = row->blank;
  FieldReader reader(at);
  row->visit(reader, action);
  return action;
}

}  // namespace

Replay parse_replay(std::string_view json, const std::string& name) {
  const lesson::JsonNode root = lesson::parse_json(json, name);
  const lesson::JsonAt at(root, name);
  if (const std::int64_t format = at.get("format").integer(1); format > kFormat) {
    at.get("format").fail("format_newer", {{"format", format}, {"known", kFormat}});
  }
  at.allow_only({"format", "lesson", "actions"});
  Replay replay;
  replay.lesson = at.get("lesson").text();
  for (const lesson::JsonAt& action : at.get("actions").elements()) {
    replay.actions.push_back(parse_action(action, replay.actions.size()));
    replay.lines.push_back(action.node().line);
  }
  return replay;
}

}  // namespace convscope::session
