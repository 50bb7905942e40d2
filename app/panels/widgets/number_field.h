// Fields for single numbers that are dragged or typed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/panels/panels.h"

namespace convscope::panels::widgets {

// What was done to fields in this frame.
struct NumberEdit {
  bool changed = false;
  bool typing = false;    // a number is half-typed: "1" may become "15"
  bool released = false;  // a field that had been changed was let go

  NumberEdit& operator|=(const NumberEdit& other);
};

// Whether `value` is to be asked for now: a drag shows at once what it does, a typed number when it
// is complete. Until then `typed` keeps it. When the edit is released, Commit follows.
template <typename Value>
bool is_due(const NumberEdit& edit, const Value& value, std::optional<Value>& typed) {
  if (edit.typing && !edit.released) {
    typed = edit.changed ? std::optional(value) : typed;
    return false;
  }
  const bool due = edit.changed || typed;
  typed.reset();
  return due;
}

struct FieldLook {
  float width = 0;
  bool fault = false;
  const char* format = nullptr;  // default: the number alone
};

// `tip` explains the number; how to use its field is told behind it. `step`: what a pixel of a drag
// adds.
NumberEdit integer_field(const PanelContext& context, const char* id, const std::string& tip,
                         std::int64_t& value, const FieldLook& look, float step = 0.06f);
NumberEdit real_field(const PanelContext& context, const char* id, const std::string& tip,
                      double& value, float step, const FieldLook& look);

// While this object lives, the frame of an item is in the warning's colour, if `fault`.
class FaultFrame {
 public:
  FaultFrame(const PanelContext& context, bool fault);
  ~FaultFrame();
  FaultFrame(const FaultFrame&) = delete;
  FaultFrame& operator=(const FaultFrame&) = delete;
};

// A name in code's letters, and the place for a field of the usual width behind it.
void begin_field_row(const PanelContext& context, const std::string& name);
float field_width(const PanelContext& context);
// The width of each of two fields that share that place, and the gap between them.
float half_field_width(const PanelContext& context);
float field_gap(const PanelContext& context);

// Buttons that go on in the row while there is room for them.
class ButtonFlow {
 public:
  explicit ButtonFlow(const PanelContext& context) : context_(context) {}
  bool button(const std::string& words, const std::string& tip, bool enabled = true);
  // Before another item of this width.
  void place(float width);
  void placed();

 private:
  const PanelContext& context_;
  float end_ = -1;
};

}  // namespace convscope::panels::widgets
