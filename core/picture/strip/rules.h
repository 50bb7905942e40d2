// One axis of a layer under one rule of padding: where its windows stand and what they never read.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/window_axis.h"
#include "core/derive/derived.h"

namespace convscope::picture::strip {

struct StripRule {
  // kOther: padding by numbers, or a layer that has no other rule to compare with.
  enum class Kind { kValid, kSame, kOther };
  Kind kind = Kind::kOther;
  bool own = true;         // what the layer does; else a comparison
  conv::LayerSpec spec;    // the layer's, with this rule's padding along the axis
  conv::WindowAxis axis;   // its columns
  std::int64_t after = 0;  // padding behind the stage input; negative where it is cut

  // The stage cells that are padding, input or under a window.
  std::int64_t begin() const;
  std::int64_t end() const;
};

// The layer as it is and, where there is one, the other rule with the same filter: VALID above
// SAME.
std::vector<StripRule> strip_rules(const derive::LayerResult& layer);

// The input's cells that no window of the rule reads, ascending; none for very long inputs.
std::vector<std::int64_t> dropped_cells(const StripRule& rule);

}  // namespace convscope::picture::strip
