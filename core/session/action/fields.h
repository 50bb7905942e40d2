// Fields: what an action holds, told once. Reading and writing JSON, its list of keys and the
// test's random actions are four ways to visit the same fields.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/lesson/enum_names.h"
#include "core/session/edit/mend.h"
#include "core/session/session.h"

namespace convscope::session::action {

class Fields {
 public:
  virtual ~Fields() = default;

  // Whether a field that may be left out is there. `present`: whether the action at hand has it.
  virtual bool has(std::string_view key, bool present) = 0;

  virtual void integer(std::string_view key, std::int64_t& value) = 0;
  virtual void number(std::string_view key, double& value) = 0;
  virtual void value(std::string_view key, float& value) = 0;
  virtual void values(std::string_view key, std::vector<float>& values) = 0;
  virtual void boolean(std::string_view key, bool& value) = 0;
  virtual void text(std::string_view key, std::string& value) = 0;
  virtual void place(std::string_view key, Index& at) = 0;
  virtual void choice(std::string_view key, std::span<const std::string_view> words,
                      std::size_t& chosen) = 0;
  // Their members stand beside the action's own.
  virtual void spec(conv::LayerSpec& spec) = 0;
  virtual void optimizer(conv::Optimizer& optimizer) = 0;
  virtual void problem(Problem& problem) = 0;

  template <typename Value, std::size_t kCount>
  void word(std::string_view key, const lesson::Words<Value, kCount>& words, Value& value) {
    std::array<std::string_view, kCount> names;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
      names[i] = words[i].first;
      chosen = words[i].second == value ? i : chosen;
    }
    choice(key, names, chosen);
    value = words[chosen].second;
  }

  // An edit that a drag goes on from says so; the common case stays short.
  void commit(bool& commit) {
    if (has("commit", !commit)) {
      boolean("commit", commit);
    }
  }
  // The same for an edit that mends what it would break.
  void mend(Mend& mend);
  void target(Target& target);
  void target(std::optional<Target>& target);
};

}  // namespace convscope::session::action
