// The table of views, one row each: lesson files, the command line, the clock and the window all
// use it. core/picture/compose.cpp lists the functions that draw them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

struct ViewRow {
  View view;
  std::string_view word;  // in lesson files and on the command line
  std::string_view name;  // below "panel." and "shortcut." in the locale
  // Whether the clock counts the steps of a training instead of cells.
  bool counts_steps = false;
  // Whether it can't be shown side by side with another view.
  bool stands_alone = false;
  // Whether it can show a transposed convolution by stamps. The others sum up one output cell, or
  // train: with one of them shown, alone or side by side, the input is stretched in both halves,
  // since they share one clock.
  bool can_stamp = false;
};

// In the order of View, and of the digit keys.
inline constexpr std::array kViewTable = {
    ViewRow{.view = View::kFlat, .word = "flat", .name = "view_flat", .can_stamp = true},
    ViewRow{.view = View::kVolume, .word = "volume", .name = "view_volume"},
    ViewRow{.view = View::kStrip, .word = "strip", .name = "view_strip"},
    ViewRow{.view = View::kNeuron, .word = "neuron", .name = "view_neuron"},
    ViewRow{.view = View::kMatrix, .word = "matrix", .name = "view_matrix"},
    ViewRow{.view = View::kDescent,
            .word = "descent",
            .name = "view_descent",
            .counts_steps = true,
            .stands_alone = true},
    ViewRow{
        .view = View::kCoverage, .word = "coverage", .name = "view_coverage", .can_stamp = true},
    ViewRow{.view = View::kReceptiveField,
            .word = "receptive-field",
            .name = "view_receptive_field",
            .can_stamp = true},
};

static_assert([] {
  for (std::size_t i = 0; i < kViewTable.size(); ++i) {
    if (kViewTable[i].view != static_cast<View>(i)) {
      return false;
    }
  }
  return true;
}());

constexpr const ViewRow& row_of(View view) { return kViewTable[static_cast<std::size_t>(view)]; }

constexpr bool counts_steps(View view) { return row_of(view).counts_steps; }

// Whether two views can be shown side by side.
constexpr bool can_pair(View first, View second) {
  return first != second && !row_of(first).stands_alone && !row_of(second).stands_alone;
}
constexpr bool can_pair(View first, const std::optional<View>& second) {
  return !second || can_pair(first, *second);
}

}  // namespace convscope::lesson
