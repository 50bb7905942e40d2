// Concept 3: how many positions fit.
#include <cmath>
#include <string_view>

#include "core/quiz/templates/concepts.h"

namespace convscope::quiz {
namespace {

constexpr std::string_view kLessons3a[] = {"one-filter-depth", "stride", "conv-arithmetic"};
constexpr std::string_view kLessons3b[] = {"conv2d-3-to-5", "conv-arithmetic"};

// Requires stride 1 and no padding.
std::optional<Setting> read_plain(const lesson::Scene& scene, const Spot& spot, Draw&) {
  auto s = read_conv(scene, spot);
  const auto axis = s ? common_axis(*s) : std::nullopt;
  if (!axis || axis->s != 1 || axis->p != 0 || axis->d != 1 || axis->k < 2) {
    return std::nullopt;
  }
  put(*s, "i", axis->i);
  put(*s, "k", axis->k);
  put(*s, "o", axis->o);
  return s;
}

Drawn draw_plain(Draw& draw) {
  ConvSizes sizes;
  sizes.kh = sizes.kw = draw.between(2, 7);
  sizes.h = sizes.w = draw.between(sizes.kh + 2, 32);
  return {drawn_conv(sizes, draw), {}};
}

constexpr Distractor kWrong3a[] = {
    {"NOPLUS1", [](const Setting& s) { return of_number(s["i"] - s["k"]); }},
    {"KEEP", [](const Setting& s) { return of_number(s["i"]); }},
    {"TILE", [](const Setting& s) { return of_number(std::floor(s["i"] / s["k"])); }},
    {"FORWARD", [](const Setting& s) { return of_number(s["i"] + s["k"] - 1); }},
};

constexpr Distractor kWrong3b[] = {
    {"NOPLUS1", [](const Setting& s) { return of_number(s["o"] + s["k"]); }},
    {"KEEP", [](const Setting& s) { return of_number(s["o"]); }},
    {"TILE", [](const Setting& s) { return of_number(s["o"] * s["k"]); }},
    {"FORWARD", [](const Setting& s) { return of_number(s["o"] - s["k"] + 1); }},
};

// The input size that gives a map of this size, found by trying.
Answer input_needed(const Setting& s) {
  Shape input = {1, s.spec.in_channels, s.spec.kernel_size.h, s.spec.kernel_size.w};
  while (conv::output_shape(s.spec, input).w != s.output.w) {
    ++input.w;
  }
  return of_number(static_cast<double>(input.w));
}

WorkedSteps worked_3a(const Setting& s) { return moves_along(s["i"], s["k"], 1, 0); }

WorkedSteps worked_3b(const Setting& s) {
  return {plain_step(number_text(s["o"]) + " + " + number_text(s["k"]), s["o"] + s["k"])};
}

constexpr Template kTemplates[] = {
    {.id = "3a",
     .concept_number = 3,
     .asked = Asked::kNumber,
     .lessons = kLessons3a,
     .shows = {},
     .veil = kSizeVeil,
     .reveal = Reveal::kSlideBracket,
     .read = read_plain,
     .draw = draw_plain,
     .answer = [](const Setting& s) { return of_number(static_cast<double>(s.output.w)); },
     .distractors = kWrong3a,
     .worked = worked_3a},
    {.id = "3b",
     .concept_number = 3,
     .asked = Asked::kNumber,
     .lessons = kLessons3b,
     .shows = {},
     .veil = {.size_caption = true, .inspector_numbers = true, .code = true, .input = true},
     .reveal = Reveal::kSetInput,
     .read = read_plain,
     .draw = draw_plain,
     .answer = input_needed,
     .distractors = kWrong3b,
     .worked = worked_3b},
};

}  // namespace

std::span<const Template> output_size_templates() { return kTemplates; }

}  // namespace convscope::quiz
