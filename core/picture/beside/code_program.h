// The lecture's programs, run by hand: what each line says, and what it does at a place of the map.
//
// The loop takes kernel.shape[0] for the kernel's height. Of a kernel (C, kh, kw) that is its
// channels, so its slices have the wrong size unless C = kh = kw; then Python cuts them at the
// image's end, and PyTorch stretches sizes of 1 and refuses others. All of that happens here too.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/derive/derived.h"
#include "core/session/session.h"

namespace convscope::picture::beside {

// The four statements that run again and again.
enum class CodePart { kRows, kColumns, kSegment, kResult };

struct Program {
  lesson::CodeStrip kind = lesson::CodeStrip::kLoop;
  std::vector<std::string> setup;         // statements before the loops
  std::vector<std::string> printed = {};  // beside them: what each prints; may end sooner
  std::array<std::string, 4> loops;       // by CodePart, with their indentation
  // The statement of the setup that computes the whole map: then there are no loops.
  std::optional<std::size_t> call = std::nullopt;
  std::string sum;  // what makes the value: "torch.sum(segment * kernel)"
};

// For one filter of the layer. `filter` is named where there are several. `whole`: with the lines
// that make image and kernel.
Program program_of(lesson::CodeStrip kind, const derive::LayerResult& layer, std::int64_t filter,
                   bool whole = true);

// The lecture's first cell: the layer, called with its input. `layer` is a plain conv2d. `whole`:
// as the lecture writes it, a setting a line with comments; else in few lines.
Program cell_of(const lesson::Layer& layer, const derive::LayerResult& result, bool whole = true);

// What the layer has that the programs don't know, as PyTorch spells it: "stride=2, padding=1".
// Empty when the programs compute this layer.
std::string unknown_settings(const derive::LayerResult& layer, bool one_dimensional);

// One turn of the loops.
struct Turn {
  std::int64_t i = 0;
  std::int64_t j = 0;
  std::string slice;                 // "img[:, 0:3, 2:5]", the numbers as they are now
  std::vector<std::int64_t> shape;   // of the segment
  std::optional<std::string> error;  // PyTorch's words
  double value = 0;                  // without an error
};
Turn turn_of(const Program& program, const derive::LayerResult& layer, const Index& output_at);

// The first turn that stops the program, as a place in the map.
std::optional<Index> first_error(const Program& program, const derive::LayerResult& layer,
                                 std::int64_t n, std::int64_t filter);

// The segment as Python prints it: a short list of small whole numbers, else its shape.
std::string segment_text(const Program& program, const derive::LayerResult& layer, const Turn& turn,
                         std::int64_t n);

// "(3, 3, 5)", as Python prints a shape; "(9,)" of one side.
std::string python_shape(const std::vector<std::int64_t>& shape);

}  // namespace convscope::picture::beside
