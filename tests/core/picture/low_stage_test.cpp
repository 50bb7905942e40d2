// A low stage, as in a window of 800x500 or of 1600x900 at twice the scale, still shows numbers.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/picture/display/target_rect.h"
#include "scene_fixture.h"

namespace convscope::picture {
namespace {

using session::TensorRole;

constexpr Viewport kLow[] = {{800, 376, 1}, {1600, 652, 2}};

TEST(LowStage, TheFiltersOfThreeChannelsKeepTheirNumbers) {
  constexpr float kLegible = 15;  // pixels of a cell with a number, at scale 1
  for (const char* lesson : {"cs231n", "rgb-same"}) {
    for (const Viewport& viewport : kLow) {
      Stage stage(lesson);
      stage.apply(session::action::GoTo{5});
      const Picture picture = compose_stage(stage, viewport);
      std::optional<Rect> last;
      for (std::int64_t c = 0; c < 3; ++c) {
        const auto cell = target_rect(picture, {TensorRole::kWeight, {0, c, 2, 2}});
        ASSERT_TRUE(cell) << lesson;
        EXPECT_GE(cell->w, kLegible * viewport.scale) << lesson;
        EXPECT_LT(cell->bottom(), picture.camera_area.bottom()) << lesson;
        EXPECT_TRUE(!last || cell->x > last->right() || cell->y > last->bottom()) << lesson;
        last = cell;
      }
      // The map stays right of the filters, and inside the stage.
      const auto map = target_rect(picture, {TensorRole::kOutput, {0, 0, 0, 0}});
      ASSERT_TRUE(map) << lesson;
      EXPECT_GT(map->x, last->right()) << lesson;
    }
  }
}

}  // namespace
}  // namespace convscope::picture
