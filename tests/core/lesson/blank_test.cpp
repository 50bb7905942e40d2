#include "core/lesson/build/blank.h"

#include <gtest/gtest.h>

#include "core/lesson/json/lesson_json.h"
#include "core/lesson/scene_shapes.h"

namespace convscope::lesson {
namespace {

TEST(Blank, HasItsSizesAndRuns) {
  const Lesson lesson = blank_lesson({.size = 10, .channels = 3, .kernel = 4}, {{{"en", "X"}}});
  const Scene& scene = lesson.scenes.front();
  EXPECT_EQ(scene.input.base.shape(), (Shape{1, 3, 10, 10}));
  EXPECT_EQ(layer_output_shape(scene, 0), (Shape{1, 1, 7, 7}));
  EXPECT_EQ(parse_lesson(lesson_json(lesson), "x.json", {}).id, "untitled");
}

TEST(Blank, ItsFilterIsAnX) {
  const Lesson lesson = blank_lesson({.size = 8, .channels = 1, .kernel = 3}, {});
  const Tensor& weight = lesson.scenes.front()->layers.front().weight.base;
  EXPECT_EQ(std::vector<float>(weight.values().begin(), weight.values().end()),
            (std::vector<float>{1, 0, 1, 0, 1, 0, 1, 0, 1}));
}

TEST(Blank, AKernelIsNoLargerThanItsInput) {
  const Lesson lesson = blank_lesson({.size = 2, .channels = 0, .kernel = 99}, {});
  EXPECT_EQ(lesson.scenes.front()->input.base.shape(), (Shape{1, 1, 2, 2}));
  EXPECT_EQ(layer_output_shape(lesson.scenes.front(), 0), (Shape{1, 1, 1, 1}));
}

}  // namespace
}  // namespace convscope::lesson
