// The indices of an operator's formula: "2y+i,2x+j".
#pragma once

#include <cstdint>
#include <string>

#include "core/conv/layer_spec.h"

namespace convscope::conv {

// The parts of a formula that differ between one and two dimensions.
struct IndexText {
  bool line = false;  // one dimension
  std::string out;    // "y,x"
  std::string taps;   // "i,j"
  std::string read;   // "2y+i,2x+j"
};

// Takes a fitted spec without problems.
IndexText index_text(const LayerSpec& spec, const Shape& input);

// The input channel that filter k reads as its c-th: "c"; with groups it depends on the group of k:
// "3⌊k/2⌋+c".
std::string channel_text(const LayerSpec& spec);

// "2−i,2−j": the taps of a kernel turned by 180 degrees.
std::string flipped_taps(const Size2& kernel, bool line);

// A factor before a name; empty for 1.
std::string factor_text(std::int64_t factor);

}  // namespace convscope::conv
