#include "core/derive/difference.h"

#include <gtest/gtest.h>

#include "core/tensor/random.h"

namespace convscope::derive {
namespace {

LayerMap map_of(Tensor values) {
  LayerMap map;
  map.values = std::move(values);
  return map;
}

TEST(Differences, AreTakenValueByValue) {
  Differences differences;
  const LayerMap a = map_of(Tensor({1, 1, 1, 3}, {5, 1, 2}));
  const Difference d = differences.of(a, map_of(Tensor({1, 1, 1, 3}, {2, 4, 2})));
  EXPECT_EQ(d.at({0, 0, 0, 0}), 3);
  EXPECT_EQ(d.at({0, 0, 0, 1}), -3);
  EXPECT_EQ(d.told.at(0), (DifferenceSurvey{2, 3}));
  EXPECT_EQ(difference_survey(d, 1, 2), (DifferenceSurvey{1, 3}));
  EXPECT_TRUE(differences.of(a, map_of(Tensor({1, 1, 3, 1}, {1, 2, 3}))).empty());
  EXPECT_TRUE(differences.of({}, {}).empty());
}

// In pieces, on several threads, to the last value.
TEST(Differences, OfALargeMapNoValueIsForgotten) {
  const Tensor a = random_tensor({1, 2, 301, 503}, {.seed = 1});
  for (const Index& at : {Index{0, 0, 0, 0}, Index{0, 0, 300, 502}, Index{0, 1, 200, 7}}) {
    const Tensor b = a.with(at, a.at(at) + 2);
    const Difference d = Differences().of(map_of(a), map_of(b));
    for (std::int64_t map = 0; map < 2; ++map) {
      const DifferenceSurvey& told = d.told.at(static_cast<std::size_t>(map));
      EXPECT_EQ(told.different, map == at.c ? 1 : 0);
      EXPECT_NEAR(told.largest, map == at.c ? 2 : 0, 1e-5);
    }
  }
}

}  // namespace
}  // namespace convscope::derive
