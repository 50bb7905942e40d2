#include "core/import/arrays/slice_text.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

using testing::number_of;
using testing::value_of;
using Sides = std::vector<std::int64_t>;

NpyArray counting(Sides shape) {
  NpyArray array{std::move(shape), {}};
  std::int64_t count = 1;
  for (const std::int64_t side : array.shape) {
    count *= side;
  }
  array.values.resize(static_cast<std::size_t>(count));
  std::iota(array.values.begin(), array.values.end(), 0.0F);
  return array;
}

std::string slice_problem(std::string_view text, const Sides& shape = {2, 3, 4, 5}) {
  const auto result = read_slice(text, shape);
  if (ok(result)) {
    return "";
  }
  const Problem& found = std::get<Problem>(result);
  return found.code + " " + std::to_string(number_of(found, "column"));
}

TEST(SliceText, TakesThePartThatNumPyTakes) {
  const NpyArray whole = counting({2, 3, 4, 5});
  const auto cases = testing::golden_cases("slices.json");
  EXPECT_GT(cases.size(), 15u);
  for (const auto& one : cases) {
    const std::string text = one.at("slice");
    SCOPED_TRACE(text);
    const auto sides = value_of(read_slice(text, whole.shape));
    const NpyArray part = sliced(whole, sides);
    EXPECT_EQ(part.shape, one.at("shape").get<Sides>());
    EXPECT_EQ(part.shape, sliced_shape(sides));
    EXPECT_EQ(part.values, one.at("values").get<std::vector<float>>());
  }
}

TEST(SliceText, AnEmptySliceIsTheWholeArray) {
  const NpyArray whole = counting({2, 3});
  EXPECT_EQ(sliced(whole, value_of(read_slice("", whole.shape))).values, whole.values);
  EXPECT_EQ(sliced(whole, value_of(read_slice("[]", whole.shape))).values, whole.values);
}

TEST(SliceText, WrongOnesAreNamedByTheirColumn) {
  EXPECT_EQ(slice_problem("2"), "slice_outside 1");
  EXPECT_EQ(slice_problem(":, -4"), "slice_outside 4");
  EXPECT_EQ(slice_problem(":, 2:1"), "slice_empty 4");
  EXPECT_EQ(slice_problem("9:"), "slice_empty 1");
  EXPECT_EQ(slice_problem(":, ::0"), "slice_step_zero 6");
  EXPECT_EQ(slice_problem("0, 0, 0, 0, 0"), "slice_too_many 13");
  EXPECT_EQ(slice_problem("..., ..."), "slice_two_ellipses 6");
  EXPECT_EQ(slice_problem("a"), "slice_unexpected 1");
  EXPECT_EQ(slice_problem("0:b"), "slice_unexpected 3");
  EXPECT_EQ(slice_problem("0 1"), "slice_unexpected 3");
  EXPECT_EQ(slice_problem("0,,1"), "slice_unexpected 3");
  EXPECT_EQ(slice_problem("-"), "slice_ends 2");
  EXPECT_EQ(slice_problem("[0, 1"), "slice_ends 6");
  EXPECT_EQ(slice_problem(":", {0, 3}), "slice_empty 1");
}

// What Python takes from list(range(7)).
TEST(SliceText, TakesBackwardsWhatPythonTakes) {
  const NpyArray whole = counting({7});
  const auto take = [&](const char* text) {
    return sliced(whole, value_of(read_slice(text, whole.shape))).values;
  };
  using Values = std::vector<float>;
  EXPECT_EQ(take("5:1:-2"), (Values{5, 3}));
  EXPECT_EQ(take("-2::-3"), (Values{5, 2}));
  EXPECT_EQ(take("10:-10:-4"), (Values{6, 2}));
  EXPECT_EQ(take("2::-1"), (Values{2, 1, 0}));
  EXPECT_EQ(take(":2:-2"), (Values{6, 4}));
  EXPECT_EQ(take("-1:-4:-1"), (Values{6, 5, 4}));
  EXPECT_EQ(slice_problem("1:5:-1", {7}), "slice_empty 1");
}

TEST(SliceText, HugeNumbersAreBounds) {
  const NpyArray whole = counting({2, 300});
  const char* huge = "99999999999999999999999";
  const auto take = [&](const std::string& text) {
    return sliced(whole, value_of(read_slice(text, whole.shape))).shape;
  };
  EXPECT_EQ(take(std::string(":") + huge), (Sides{2, 300}));
  EXPECT_EQ(take(std::string("-") + huge + ":"), (Sides{2, 300}));
  EXPECT_EQ(take(std::string("::") + huge), (Sides{1, 300}));
  EXPECT_EQ(take(std::string("::-") + huge), (Sides{1, 300}));
  EXPECT_EQ(slice_problem(huge), "slice_outside 1");
}

}  // namespace
}  // namespace convscope::imports
