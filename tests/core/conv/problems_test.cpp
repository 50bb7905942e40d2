#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/forward.h"
#include "core/conv/layer_limits.h"
#include "core/conv/layer_spec.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
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

LayerSpec of(Op op, Size2 kernel, Size2 stride = {1, 1}, Pads pads = {}) {
  return {.op = op,
          .kernel_size = kernel,
          .stride = stride,
          .padding = PaddingRule::kExplicit,
          .pads = pads};
}

TEST(Problems, PoolsPadAtMostHalfTheirKernel) {
  EXPECT_EQ(codes(of(Op::kMaxPool, {2, 3}, {1, 1}, {1, 1, 1, 1})), Codes{});
  EXPECT_EQ(codes(of(Op::kAvgPool, {1, 3}, {1, 1}, {1, 1, 0, 0})),
            Codes{"pool_padding_too_large:padding"});
  EXPECT_EQ(codes(of(Op::kUnfold, {1, 1}, {1, 1}, {3, 3, 3, 3})), Codes{});
}

TEST(Problems, OtherLayersThanConvolutionPadZerosEvenly) {
  for (const Op op : {Op::kConvTranspose, Op::kMaxPool, Op::kAvgPool, Op::kUnfold}) {
    EXPECT_EQ(codes(of(op, {3, 3}, {1, 1}, {1, 1, 0, 0})), Codes{});
    EXPECT_EQ(codes(of(op, {3, 3}, {1, 1}, {1, 0, 0, 0})), Codes{"padding_uneven:padding"});
    EXPECT_EQ(codes({.op = op}), Codes{});  // valid
    EXPECT_EQ(codes({.op = op, .padding = PaddingRule::kSame}),
              Codes{"padding_needs_numbers:padding"});
    EXPECT_EQ(codes({.op = op, .padding_mode = PaddingMode::kReflect}),
              Codes{"padding_mode_needs_zeros:padding_mode"});
  }
}

TEST(Problems, CeilModeLetsTheKernelOverhang) {
  LayerSpec spec = of(Op::kMaxPool, {6, 6}, {2, 2});
  EXPECT_EQ(codes(spec), (Codes{"kernel_too_tall:kernel_size", "kernel_too_wide:kernel_size"}));
  spec.ceil_mode = true;
  EXPECT_EQ(codes(spec), Codes{});
  EXPECT_EQ(output_shape(spec, kFive), (Shape{1, 1, 1, 1}));
}

TEST(Problems, DivisorsArePositive) {
  LayerSpec spec = of(Op::kAvgPool, {2, 2});
  spec.divisor_override = -1;
  EXPECT_EQ(codes(spec), Codes{"divisor_negative:divisor_override"});
  spec.op = Op::kMaxPool;  // does not read it
  EXPECT_EQ(codes(spec), Codes{});
}

TEST(Problems, OutputPaddingStaysBelowStrideOrDilation) {
  LayerSpec spec = of(Op::kConvTranspose, {3, 3}, {2, 2});
  spec.output_padding = {1, 1};
  EXPECT_EQ(codes(spec), Codes{});
  spec.output_padding = {1, 2};
  ASSERT_EQ(problems(spec, kFive).size(), 1U);
  EXPECT_EQ(
      problems(spec, kFive)[0],
      (Problem{"output_padding_too_large",
               "output_padding",
               {Named{"value", 2}, Named{"stride", 2}, Named{"dilation", 1}, Named{"limit", 1}}}));
  spec.dilation = {1, 3};
  EXPECT_EQ(codes(spec), Codes{});
  spec.output_padding = {-1, 0};
  EXPECT_EQ(codes(spec), Codes{"output_padding_negative:output_padding"});
}

TEST(Problems, TransposedPaddingLeavesSomething) {
  EXPECT_EQ(codes(of(Op::kConvTranspose, {3, 3}, {1, 1}, {3, 3, 3, 3})), Codes{});
  const LayerSpec spec = of(Op::kConvTranspose, {3, 2}, {1, 1}, {3, 3, 3, 3});
  ASSERT_EQ(problems(spec, kFive).size(), 1U);
  EXPECT_EQ(problems(spec, kFive)[0],
            (Problem{"padding_cuts_all_columns",
                     "padding",
                     {Named{"pad", 3}, Named{"size", 6}, Named{"limit", 2}}}));
  EXPECT_EQ(codes(of(Op::kConvTranspose, {3, 2}, {1, 1}, {4, 4, 0, 0})),
            Codes{"padding_cuts_all_rows:padding"});
}

TEST(Problems, TooMuchOfTheOtherLayers) {
  EXPECT_EQ(codes(of(Op::kConvTranspose, {1, 1}, {100000, 100000})),
            Codes{"stretched_too_large:stride"});
  LayerSpec many = of(Op::kConvTranspose, {1, 1}, {1000, 1000});
  many.out_channels = 1000;
  EXPECT_EQ(codes(many), Codes{"transposed_too_large:out_channels"});
  EXPECT_EQ(codes(of(Op::kUnfold, {3000, 3000}), {1, 1, 4000, 4000}),
            Codes{"windows_too_many:kernel_size"});
  EXPECT_EQ(
      codes(of(Op::kMaxPool, {1 << 20, 1 << 20}, {1, 1}, {1 << 19, 1 << 19, 1 << 19, 1 << 19})),
      Codes{"window_too_large:kernel_size"});
}

TEST(Problems, ReluTakesAnythingThatHoldsValues) {
  LayerSpec spec{.op = Op::kRelu, .in_channels = -3, .kernel_size = {0, 99}, .stride = {0, 0}};
  spec.padding = PaddingRule::kSame;
  EXPECT_EQ(codes(spec), Codes{});
  EXPECT_EQ(output_shape(spec, kFive), kFive);
  EXPECT_EQ(codes(spec, {1, 1, 0, 5}), Codes{"input_empty:input"});
}

// What PyTorch accepts on one axis, in its own terms.
bool torch_takes(const LayerSpec& s, std::int64_t n, std::int64_t k, std::int64_t stride,
                 std::int64_t pad, std::int64_t d, std::int64_t op) {
  if (n < 1 || k < 1 || stride < 1 || pad < 0 || d < 1) {
    return false;
  }
  if (s.op == Op::kConvTranspose) {
    return op >= 0 && (op < stride || op < d) &&
           (n - 1) * stride - 2 * pad + d * (k - 1) + op + 1 > 0;
  }
  const bool pool = s.op == Op::kMaxPool || s.op == Op::kAvgPool;
  if (pool && pad > k / 2) {
    return false;
  }
  const std::int64_t room = n + 2 * pad - d * (k - 1) - 1 + (pool && s.ceil_mode ? stride - 1 : 0);
  return room >= 0;
}

TEST(Problems, NoneMeansThatItRuns) {
  int taken = 0;
  constexpr int kCases = 40000;
  Dice dice(1);
  for (int i = 0; i < kCases; ++i) {
    const auto roll = [&](std::int64_t high) {
      return dice.roll(dice.roll(0, 9) == 0 ? -1 : 1, high);
    };
    LayerSpec spec{.op = static_cast<Op>(dice.roll(0, 5))};
    spec.groups = roll(2);
    spec.in_channels = roll(4);
    spec.out_channels = roll(4);
    spec.kernel_size = {roll(3), roll(4)};
    spec.stride = {roll(3), roll(3)};
    spec.dilation = {roll(2), roll(2)};
    spec.padding = PaddingRule::kExplicit;
    const Size2 pad = {dice.roll(0, 2), dice.roll(0, 2)};
    spec.pads = {pad.h, pad.h, pad.w, pad.w};
    spec.output_padding = {dice.roll(-1, 2), dice.roll(0, 2)};
    spec.ceil_mode = dice.heads();
    spec.divisor_override = dice.roll(-1, 3);
    const Shape input = {1, dice.roll(0, 2) > 0 ? std::max<std::int64_t>(1, spec.in_channels) : 2,
                         roll(4), roll(5)};
    const bool weights = has_weight(spec.op);
    const bool avg = spec.op == Op::kAvgPool;
    const Size2 d = avg ? Size2{1, 1} : spec.dilation;
    const bool channels = spec.groups >= 1 && spec.in_channels >= 1 && spec.out_channels >= 1 &&
                          spec.in_channels == input.c && spec.in_channels % spec.groups == 0 &&
                          spec.out_channels % spec.groups == 0;
    const bool takes = spec.op == Op::kRelu
                           ? input.h >= 1 && input.w >= 1
                           : torch_takes(spec, input.h, spec.kernel_size.h, spec.stride.h, pad.h,
                                         d.h, spec.output_padding.h) &&
                                 torch_takes(spec, input.w, spec.kernel_size.w, spec.stride.w,
                                             pad.w, d.w, spec.output_padding.w) &&
                                 (!weights || channels) && !(avg && spec.divisor_override < 0);
    ASSERT_EQ(problems(spec, input).empty(), takes) << spec << ", input " << input;
    if (takes) {
      ++taken;
      const Tensor values = random_tensor(input, {.seed = 1});
      const Tensor weight = weights ? random_tensor(weight_shape(spec), {.seed = 2}) : Tensor();
      ASSERT_EQ(forward(values, weight, Tensor(), spec).shape(), output_shape(spec, input)) << spec;
    }
  }
  EXPECT_GT(taken, kCases / 20);
}

// Accepts any numbers: the sanitizer run would detect an overflow.
TEST(Problems, ExtremeNumbersAreAnswered) {
  using Limits = std::numeric_limits<std::int64_t>;
  const std::int64_t extremes[] = {Limits::min(),  -1,           0, 1, 3, kMostCells,
                                   kMostCells + 1, Limits::max()};
  Dice dice(1);
  const auto any = [&] { return extremes[dice.roll(0, 7)]; };
  int taken = 0;
  for (int i = 0; i < 100000; ++i) {
    LayerSpec spec;
    spec.op = static_cast<Op>(dice.roll(0, 5));
    spec.padding = static_cast<PaddingRule>(dice.roll(0, 3));
    spec.padding_mode = static_cast<PaddingMode>(dice.roll(0, 3));
    spec.ceil_mode = dice.heads();
    // Changes few settings at a time, since one problem can hide another.
    std::int64_t* const settings[] = {
        &spec.in_channels, &spec.out_channels,     &spec.kernel_size.h,    &spec.kernel_size.w,
        &spec.stride.h,    &spec.stride.w,         &spec.pads.top,         &spec.pads.bottom,
        &spec.pads.left,   &spec.pads.right,       &spec.dilation.h,       &spec.dilation.w,
        &spec.groups,      &spec.output_padding.h, &spec.output_padding.w, &spec.divisor_override};
    for (std::int64_t count = dice.roll(0, 6); count > 0; --count) {
      *settings[dice.roll(0, 15)] = any();
    }
    Shape input = kFive;
    if (dice.heads()) {
      input = {dice.heads() ? 1 : any(), dice.heads() ? 1 : any(), any(), any()};
    }
    if (problems(spec, input).empty()) {
      ++taken;
      ASSERT_GT(output_shape(spec, input).count(), 0) << spec << ", input " << input;
      ASSERT_LE(output_shape(spec, input).count(), kMostCells) << spec << ", input " << input;
      ASSERT_GT(work_count(spec, input), 0) << spec << ", input " << input;
      ASSERT_LE(equivalent_input_shape(spec, input).count(), kMostCells) << spec;
    }
    resolved_pads(spec, input);
    dilated_kernel(spec);
    fitted(spec, input);
  }
  EXPECT_GT(taken, 1000);
}

}  // namespace
}  // namespace convscope::conv
