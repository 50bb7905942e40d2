#include "core/session/action/fields.h"

#include "core/session/enum_names.h"

namespace convscope::session::action {

void Fields::mend(Mend& mend) {
  if (has("mend", mend != Mend::kNone)) {
    word("mend", kMends, mend);
  }
}

void Fields::target(Target& target) {
  word("tensor", kTensorRoles, target.tensor);
  place("at", target.at);
  if (has("layer", target.layer >= 0)) {
    integer("layer", target.layer);
  }
}

void Fields::target(std::optional<Target>& target) {
  if (!has("tensor", target.has_value()) && !has("at", target.has_value())) {
    target.reset();
    return;
  }
  Target named = target.value_or(Target{});
  this->target(named);
  target = named;
}

}  // namespace convscope::session::action
