// Fields for single numbers that are dragged or typed.
#pragma once

#include <cstdint>
#include <string>

#include "app/panels/panels.h"

namespace convscope::panels {

// What was done to fields in this frame.
struct NumberEdit {
  bool changed = false;
  bool typing = false;    // a number is half-typed: "1" may become "15"
  bool released = false;  // a field that had been changed was let go

  NumberEdit& operator|=(const NumberEdit& other);
};

struct FieldLook {
  float width = 0;
  bool fault = false;
};

NumberEdit integer_field(const PanelContext& context, const char* id, const std::string& tip,
                         std::int64_t& value, const FieldLook& look);
// `step`: what a pixel of a drag adds.
NumberEdit real_field(const PanelContext& context, const char* id, const std::string& tip,
                      double& value, float step, const FieldLook& look);

// A name in code's letters, and the place for a field of the usual width behind it.
void begin_field_row(const PanelContext& context, const std::string& name);
float field_width(const PanelContext& context);

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

}  // namespace convscope::panels
