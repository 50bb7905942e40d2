#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/conv/layer_limits.h"
#include "core/conv/layer_spec.h"

namespace convscope {
namespace {

constexpr Shape kFive = {1, 1, 5, 5};

using Named = std::pair<std::string, ProblemValue>;

std::vector<std::string> codes(const LayerSpec& spec, const Shape& input = kFive) {
  std::vector<std::string> result;
  for (const Problem& problem : problems(spec, input)) {
    result.push_back(problem.code + ":" + problem.field);
  }
  return result;
}

using Codes = std::vector<std::string>;

TEST(Problems, NoneForALayerThatFits) { EXPECT_EQ(codes({}), Codes{}); }

TEST(Problems, EverySettingMustBePositive) {
  EXPECT_EQ(codes({.stride = {0, 1}}), Codes{"not_positive:stride"});
  EXPECT_EQ(codes({.kernel_size = {3, -1}}), Codes{"not_positive:kernel_size"});
  EXPECT_EQ(codes({.dilation = {0, 0}}), Codes{"not_positive:dilation"});
  EXPECT_EQ(codes({.groups = 0}), Codes{"not_positive:groups"});
  EXPECT_EQ(codes({.out_channels = 0}), Codes{"not_positive:out_channels"});
  EXPECT_EQ(codes({.in_channels = -1}), Codes{"not_positive:in_channels"});
}

TEST(Problems, AllAreListedAtOnce) {
  const LayerSpec spec{.out_channels = 0,
                       .stride = {0, -2},
                       .padding = PaddingRule::kExplicit,
                       .pads = {-1, 0, 0, 0},
                       .groups = 0};
  EXPECT_EQ(codes(spec, {1, 3, 0, 5}),
            (Codes{"not_positive:out_channels", "not_positive:groups", "not_positive:stride",
                   "not_positive:stride", "padding_negative:padding", "input_empty:input"}));
}

TEST(Problems, KernelTallerThanThePaddedInput) {
  const LayerSpec spec{.dilation = {3, 1}};
  const std::vector<Problem> found = problems(spec, kFive);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], (Problem{"kernel_too_tall",
                               "kernel_size",
                               {Named{"kernel", 7}, Named{"input", 5}, Named{"fit", 2}}}));
  EXPECT_EQ(codes({.kernel_size = {6, 6}}),
            (Codes{"kernel_too_tall:kernel_size", "kernel_too_wide:kernel_size"}));
  EXPECT_EQ(codes({.padding = PaddingRule::kExplicit, .pads = {1, 1, 0, 0}, .dilation = {3, 1}}),
            Codes{});
}

TEST(Problems, ChannelsAndGroups) {
  EXPECT_EQ(codes({.in_channels = 3}), Codes{"channels_differ:in_channels"});
  const std::vector<Problem> found =
      problems({.in_channels = 6, .out_channels = 4, .groups = 3}, {1, 6, 5, 5});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], (Problem{"groups_do_not_divide",
                               "groups",
                               {Named{"setting", "out_channels"}, Named{"channels", 4},
                                Named{"groups", 3}, Named{"fit", 2}}}));
}

TEST(Problems, SameRefusesStrides) {
  EXPECT_EQ(codes({.stride = {1, 2}, .padding = PaddingRule::kSame}),
            Codes{"same_needs_stride_one:stride"});
  EXPECT_EQ(codes({.stride = {1, 2}, .padding = PaddingRule::kSameTf}), Codes{});
}

TEST(Problems, ReflectAndCircularHaveLimits) {
  const auto padded = [](PaddingMode mode, Pads pads) {
    return LayerSpec{.padding = PaddingRule::kExplicit, .pads = pads, .padding_mode = mode};
  };
  using enum PaddingMode;
  EXPECT_EQ(codes(padded(kReflect, {4, 4, 4, 4})), Codes{});
  EXPECT_EQ(codes(padded(kReflect, {0, 5, 5, 0})),
            (Codes{"reflect_too_tall:padding_mode", "reflect_too_wide:padding_mode"}));
  EXPECT_EQ(codes(padded(kCircular, {5, 5, 5, 5})), Codes{});
  EXPECT_EQ(codes(padded(kCircular, {6, 0, 0, 6})),
            (Codes{"circular_too_tall:padding_mode", "circular_too_wide:padding_mode"}));
  EXPECT_EQ(codes(padded(kReplicate, {900, 900, 900, 900})), Codes{});
  EXPECT_EQ(codes(padded(kReflect, {1, 1, 1, 1}), {1, 1, 1, 5}),
            Codes{"reflect_too_tall:padding_mode"});
}

TEST(Problems, TooMuchToCompute) {
  EXPECT_EQ(codes({.out_channels = 1000}, {1, 1, 8000, 6000}),
            Codes{"output_too_large:out_channels"});
  EXPECT_EQ(codes({.padding = PaddingRule::kExplicit, .pads = {0, 100000, 100000, 0}}),
            Codes{"output_too_large:padding"});
  EXPECT_EQ(codes({.out_channels = 1 << 30}),
            (Codes{"weight_too_large:kernel_size", "output_too_large:out_channels"}));
  EXPECT_EQ(codes({}, {1, 1, 1 << 20, 1 << 20}), Codes{"input_too_large:input"});
}

// Total on any number: the sanitizer run would name an overflow.
TEST(Problems, ExtremeNumbersAreAnswered) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::int64_t extremes[] = {Limits::min(),  -1,           0, 1, 3, kMostCells,
                                   kMostCells + 1, Limits::max()};
  for (const std::int64_t a : extremes) {
    for (const std::int64_t b : extremes) {
      for (int rule = 0; rule < 4; ++rule) {
        for (int mode = 0; mode < 4; ++mode) {
          const auto padding = static_cast<PaddingRule>(rule);
          const auto padding_mode = static_cast<PaddingMode>(mode);
          const LayerSpec all{Op::kConv,    a,      b, {a, b}, {b, a}, padding, {a, b, b, a},
                              padding_mode, {a, b}, b};
          const LayerSpec kernel{.kernel_size = {a, 1},
                                 .padding = padding,
                                 .padding_mode = padding_mode,
                                 .dilation = {b, 1}};
          const LayerSpec pads{.stride = {b, b},
                               .padding = padding,
                               .pads = {a, b, a, b},
                               .padding_mode = padding_mode};
          for (const LayerSpec& spec : {all, kernel, pads}) {
            for (const Shape& input : {kFive, Shape{a, b, a, b}, Shape{1, 1, a, b}}) {
              if (problems(spec, input).empty()) {
                EXPECT_GT(output_shape(spec, input).count(), 0);
                EXPECT_LE(output_shape(spec, input).count(), kMostCells);
                EXPECT_GT(multiply_add_count(spec, input), 0);
              }
              resolved_pads(spec, input);
            }
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace convscope
