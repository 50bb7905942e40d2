#include "core/lesson/build/filter_presets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace convscope::lesson {
namespace {

using Values = std::vector<float>;

constexpr conv::Size2 k3 = {3, 3};
constexpr conv::Size2 k5 = {5, 5};

Values preset(FilterKind kind, conv::Size2 kernel = k3, const FilterNumbers& numbers = {}) {
  return preset_values(kind, numbers, kernel, 1);
}

float sum_of(const Values& values) { return std::accumulate(values.begin(), values.end(), 0.0F); }

void expect_near(const Values& values, const Values& expected, float tolerance) {
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_NEAR(values[i], expected[i], tolerance) << i;
  }
}

TEST(FilterPresets, HaveTheMatricesOfTheTextbooks) {
  EXPECT_EQ(preset(FilterKind::kIdentity), (Values{0, 0, 0, 0, 1, 0, 0, 0, 0}));
  EXPECT_EQ(preset(FilterKind::kSobelX), (Values{-1, 0, 1, -2, 0, 2, -1, 0, 1}));
  EXPECT_EQ(preset(FilterKind::kSobelY), (Values{-1, -2, -1, 0, 0, 0, 1, 2, 1}));
  EXPECT_EQ(preset(FilterKind::kScharrX), (Values{-3, 0, 3, -10, 0, 10, -3, 0, 3}));
  EXPECT_EQ(preset(FilterKind::kScharrY), (Values{-3, -10, -3, 0, 0, 0, 3, 10, 3}));
  EXPECT_EQ(preset(FilterKind::kPrewittX), (Values{-1, 0, 1, -1, 0, 1, -1, 0, 1}));
  EXPECT_EQ(preset(FilterKind::kPrewittY), (Values{-1, -1, -1, 0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(preset(FilterKind::kLaplacian), (Values{0, 1, 0, 1, -4, 1, 0, 1, 0}));
  EXPECT_EQ(preset(FilterKind::kEdges), (Values{-1, -1, -1, -1, 8, -1, -1, -1, -1}));
  EXPECT_EQ(preset(FilterKind::kSharpen), (Values{0, -1, 0, -1, 5, -1, 0, -1, 0}));
  EXPECT_EQ(preset(FilterKind::kEmboss), (Values{-2, -1, 0, -1, 1, 1, 0, 1, 2}));
  EXPECT_EQ(preset(FilterKind::kX), (Values{1, 0, 1, 0, 1, 0, 1, 0, 1}));
  EXPECT_EQ(preset(FilterKind::kPlus), (Values{0, 1, 0, 1, 1, 1, 0, 1, 0}));
  EXPECT_EQ(preset(FilterKind::kDiagonal), (Values{1, 0, 0, 0, 1, 0, 0, 0, 1}));
  EXPECT_EQ(preset(FilterKind::kAntidiagonal), (Values{0, 0, 1, 0, 1, 0, 1, 0, 0}));
  EXPECT_EQ(preset(FilterKind::kBox), Values(9, 1.0F / 9));
  EXPECT_EQ(preset(FilterKind::kBinomial),
            (Values{1.0F / 16, 2.0F / 16, 1.0F / 16, 2.0F / 16, 4.0F / 16, 2.0F / 16, 1.0F / 16,
                    2.0F / 16, 1.0F / 16}));
}

// OpenCV's getDerivKernels(1, 0, 5): (1 4 6 4 1) and (-1 -2 0 2 1).
TEST(FilterPresets, AFiveByFiveSobelIsTheOneOfOpenCv) {
  EXPECT_EQ(preset(FilterKind::kSobelX, k5),
            (Values{-1, -2, 0,  2,  1, -4, -8, 0,  8,  4, -6, -12, 0,
                    12, 6,  -4, -8, 0, 8,  4,  -1, -2, 0, 2,  1}));
}

// MATLAB's fspecial('gaussian', 3, 0.5) and fspecial('log', 5, 0.5), as its manual prints them.
TEST(FilterPresets, GaussianAndItsLaplacianAreTheOnesOfMatlab) {
  expect_near(preset(FilterKind::kGaussian, k3, {.sigma = 0.5}),
              {0.0113F, 0.0838F, 0.0113F, 0.0838F, 0.6193F, 0.0838F, 0.0113F, 0.0838F, 0.0113F},
              6e-5F);
  const Values log = preset(FilterKind::kLog, k5, {.sigma = 0.5});
  expect_near({log[0], log[1], log[2], log[6], log[7], log[12]},
              {0.0448F, 0.0468F, 0.0564F, 0.3167F, 0.7146F, -4.9048F}, 6e-5F);
  EXPECT_NEAR(sum_of(log), 0, 1e-5);
}

TEST(FilterPresets, AGaborIsAWaveUnderABell) {
  const Values across = preset(FilterKind::kGabor, k5, {.sigma = 1, .angle = 0, .wavelength = 4});
  EXPECT_EQ(across[12], 1.0F);
  EXPECT_EQ(across[13], 0.0F);                     // a quarter of a wave to the right
  EXPECT_NEAR(across[14], -std::exp(-2.0), 1e-6);  // half a wave
  EXPECT_NEAR(across[7], std::exp(-0.5), 1e-6);    // along the crest
  // Turned by 90 degrees: rows and columns change places.
  const Values down = preset(FilterKind::kGabor, k5, {.sigma = 1, .angle = 90, .wavelength = 4});
  expect_near(down, transformed(across, k5, FilterTransform::kTranspose), 1e-6F);
}

TEST(FilterPresets, AMotionIsALineThatAddsUpToOne) {
  EXPECT_EQ(preset(FilterKind::kMotion, k5),
            (Values{0,    0,    0, 0, 0, 0, 0, 0, 0, 0, 0.2F, 0.2F, 0.2F,
                    0.2F, 0.2F, 0, 0, 0, 0, 0, 0, 0, 0, 0,    0}));
  expect_near(preset(FilterKind::kMotion, k3, {.angle = 45}),
              {0, 0, 1.0F / 3, 0, 1.0F / 3, 0, 1.0F / 3, 0, 0}, 1e-6F);
  for (const double angle : {10.0, 77.0, 90.0, 135.0, 200.0}) {
    EXPECT_NEAR(sum_of(preset(FilterKind::kMotion, {7, 9}, {.angle = angle})), 1, 1e-5) << angle;
  }
}

// Blurs keep a plain picture as it is, derivatives make nothing of it; at every odd size.
TEST(FilterPresets, SumsAreOneOrZeroAtAnySize) {
  for (std::int64_t side = 3; side <= 11; side += 2) {
    for (const auto kind : {FilterKind::kIdentity, FilterKind::kBox, FilterKind::kBinomial,
                            FilterKind::kGaussian, FilterKind::kSharpen, FilterKind::kMotion}) {
      EXPECT_NEAR(sum_of(preset(kind, {side, side})), 1, 1e-4) << preset_of_kind(kind).word;
    }
    for (const auto kind : {FilterKind::kEdges, FilterKind::kLaplacian, FilterKind::kLog,
                            FilterKind::kSobelX, FilterKind::kSobelY, FilterKind::kScharrX,
                            FilterKind::kScharrY, FilterKind::kPrewittX, FilterKind::kPrewittY}) {
      EXPECT_NEAR(sum_of(preset(kind, {side, side})), 0, 1e-3) << preset_of_kind(kind).word;
    }
  }
}

// PyTorch's bound: 1/sqrt(fan_in), here 1/sqrt(27).
TEST(FilterPresets, RandomOnesKeepToTheirFanIn) {
  const Values values = preset_values(FilterKind::kRandom, {.seed = 4}, k3, 3);
  ASSERT_EQ(values.size(), 27U);
  EXPECT_LE(std::abs(*std::ranges::max_element(values, {}, [](float v) { return std::abs(v); })),
            1 / std::sqrt(27.0F));
  EXPECT_NE(Values(values.begin(), values.begin() + 9),
            Values(values.begin() + 9, values.begin() + 18));
  EXPECT_EQ(values, preset_values(FilterKind::kRandom, {.seed = 4}, k3, 3));
  EXPECT_NE(values, preset_values(FilterKind::kRandom, {.seed = 5}, k3, 3));
}

TEST(FilterPresets, AreNeverZeroWhereTheyFit) {
  for (const FilterPreset& each : filter_presets()) {
    for (const conv::Size2 kernel : {conv::Size2{1, 1}, {1, 3}, {3, 1}, {3, 3}, {2, 2}, {5, 7}}) {
      if (preset_problem(each.kind, {}, kernel)) {
        continue;
      }
      const Values values = preset_values(each.kind, {}, kernel, 2);
      EXPECT_TRUE(std::ranges::any_of(values, [](float value) { return value != 0; }))
          << each.word << " " << kernel.h << "x" << kernel.w;
    }
  }
}

TEST(FilterPresets, SayWhyTheyDoNotFit) {
  EXPECT_EQ(preset_problem(FilterKind::kSobelX, {}, {2, 3})->code, "preset_needs_odd");
  EXPECT_EQ(preset_problem(FilterKind::kSobelX, {}, {3, 1})->code, "preset_needs_width");
  EXPECT_EQ(preset_problem(FilterKind::kSobelY, {}, {1, 3})->code, "preset_needs_height");
  EXPECT_EQ(preset_problem(FilterKind::kX, {}, {3, 5})->code, "preset_needs_square");
  EXPECT_EQ(preset_problem(FilterKind::kGaussian, {.sigma = 0}, k3)->code, "preset_sigma");
  EXPECT_EQ(preset_problem(FilterKind::kGabor, {.wavelength = NAN}, k3)->code, "preset_wavelength");
  EXPECT_EQ(preset_problem(FilterKind::kBox, {}, {2, 4}), std::nullopt);
  EXPECT_EQ(preset_problem(FilterKind::kSobelX, {}, {1, 3}), std::nullopt);  // of a signal
}

TEST(FilterPresets, AreKnownByTheirValues) {
  EXPECT_EQ(preset_of(preset_values(FilterKind::kScharrY, {}, k5, 3), k5)->kind,
            FilterKind::kScharrY);
  Values other = preset_values(FilterKind::kScharrY, {}, k5, 3);
  other.back() += 1;
  EXPECT_EQ(preset_of(other, k5), nullptr);
}

TEST(FilterTransforms, MoveTheCells) {
  const Values values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(transformed(values, k3, FilterTransform::kFlip), (Values{9, 8, 7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(transformed(values, k3, FilterTransform::kTranspose),
            (Values{1, 4, 7, 2, 5, 8, 3, 6, 9}));
  EXPECT_EQ(transformed(values, k3, FilterTransform::kRotate), (Values{7, 4, 1, 8, 5, 2, 9, 6, 3}));
  EXPECT_EQ(transformed(values, k3, FilterTransform::kNegate),
            (Values{-1, -2, -3, -4, -5, -6, -7, -8, -9}));
  EXPECT_EQ(transformed(Values{1, 2, 3, 4, 5, 6}, {1, 3}, FilterTransform::kFlip),
            (Values{3, 2, 1, 6, 5, 4}));  // each channel by itself
}

TEST(FilterTransforms, NormalizingGivesASumOfOneOrOfMagnitudes) {
  EXPECT_EQ(transformed(Values{1, 2, 1}, {1, 3}, FilterTransform::kNormalize),
            (Values{0.25F, 0.5F, 0.25F}));
  EXPECT_EQ(transformed(Values{-1, 0, 1}, {1, 3}, FilterTransform::kNormalize),
            (Values{-0.5F, 0, 0.5F}));
  EXPECT_EQ(transformed(Values{0, 0, 0}, {1, 3}, FilterTransform::kNormalize), (Values{0, 0, 0}));
}

// The superscript T of a transposed vector is in no font that the program brings along.
TEST(FilterPresets, FormulasAreWrittenWithGlyphsThatTheFontsHave) {
  for (const FilterPreset& preset : filter_presets()) {
    EXPECT_EQ(preset.formula.find("\u1D40"), std::string_view::npos) << preset.formula;
  }
}

}  // namespace
}  // namespace convscope::lesson
