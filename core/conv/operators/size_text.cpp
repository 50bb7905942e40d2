#include "core/conv/operators/size_text.h"

#include <cassert>

namespace convscope::conv {

namespace {

std::string text(std::int64_t number) { return std::to_string(number); }

std::string padding_terms(const AxisNumbers& axis) {
  if (axis.pad_before == axis.pad_after) {
    return " + 2·" + text(axis.pad_before);
  }
  return " + " + text(axis.pad_before) + " + " + text(axis.pad_after);
}

}  // namespace

std::string window_size_formula(const AxisNumbers& axis) {
  const std::int64_t room = axis.input + axis.pad_before + axis.pad_after - axis.reach();
  assert((room >= 0 || axis.ceil) && axis.stride > 0);
  const std::int64_t rounded = room + (axis.ceil ? axis.stride - 1 : 0);
  const std::int64_t steps = rounded / axis.stride;
  const bool behind = axis.ceil && steps * axis.stride >= axis.input + axis.pad_before;
  return std::string(axis.ceil ? "⌈(" : "⌊(") + text(axis.input) + padding_terms(axis) + " - " +
         reach_terms(axis) + " - 1)/" + text(axis.stride) + (axis.ceil ? "⌉" : "⌋") + " + 1" +
         (behind ? " - 1" : "") + " = " + text(steps + (behind ? 0 : 1));
}

std::string reach_terms(const AxisNumbers& axis) {
  return text(axis.dilation) + "·(" + text(axis.kernel) + "-1)";
}

}  // namespace convscope::conv
