#include "app/window/store.h"

#include <gtest/gtest.h>

#include "app/files/lesson_file.h"
#include "tests/app/window/sessions.h"

namespace convscope::window {
namespace {

TEST(Store, DerivesASmallLessonAtOnce) {
  const Store store(session_on("cross-5x5"));
  ASSERT_EQ(store.derived().layers.size(), 1u);
  EXPECT_FALSE(store.progress());
  const std::vector<float> expected = {4, 3, 4, 2, 4, 3, 2, 3, 4};
  const auto values = store.derived().layers[0].output.values();
  EXPECT_EQ(std::vector<float>(values.begin(), values.end()), expected);
}

TEST(Store, AnEditChangesTheMap) {
  Store store(session_on("cross-5x5"));
  store.dispatch(session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 0}}, 11, true});
  EXPECT_EQ(store.derived().layers[0].output.at({0, 0, 0, 0}), 14.0f);
  store.dispatch(session::action::Undo{});
  EXPECT_EQ(store.derived().layers[0].output.at({0, 0, 0, 0}), 4.0f);
}

TEST(Store, OpensABundledLesson) {
  Store store(session_on("cross-5x5"));
  store.dispatch(session::action::Open{"rgb-same"});
  store.wait();
  EXPECT_EQ(store.session().document.lesson->id, "rgb-same");
  EXPECT_EQ(store.derived().layers[0].output.at({0, 0, 0, 0}), -25.0f);
}

TEST(Store, AMissingFileIsANoticeAndTheLessonStays) {
  Store store(session_on("cross-5x5"));
  store.dispatch(session::action::Open{"no/such/file.png"});
  store.wait();
  ASSERT_TRUE(store.session().transient.notice);
  EXPECT_EQ(store.session().transient.notice->code, "lesson_unknown");
  EXPECT_EQ(store.session().document.lesson->id, "cross-5x5");
}

TEST(Store, ALargeMapComesFromTheWorkerAndFitsItsScene) {
  lesson::Lesson lesson = files::open_lesson("cross-5x5");
  lesson::Scene scene = lesson.scenes[0];
  scene.input = {};
  scene.input.base = random_tensor({1, 1, 2100, 2100}, {.seed = 1});
  scene.input.source = lesson::SeededSource{{.seed = 1}};
  lesson.scenes[0] = scene;
  Store store(session::open_session(lesson, session::Theme::kDark, lesson::Language::kEnglish));
  store.wait();
  ASSERT_EQ(store.derived().layers.size(), 1u);
  EXPECT_EQ(store.derived().layers[0].output.shape(), (Shape{1, 1, 2098, 2098}));
  EXPECT_FALSE(store.progress());
  // A newer change wins, and the result for the old one is never shown.
  store.dispatch(session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 0, 0}}, 5, true});
  store.dispatch(session::action::Open{"cross-5x5"});
  EXPECT_EQ(store.derived().layers[0].output_shape, (Shape{1, 1, 3, 3}));
  store.wait();
  EXPECT_EQ(store.derived().layers[0].output_shape, (Shape{1, 1, 3, 3}));
}

TEST(Store, ABadPathForSavingIsANotice) {
  Store store(session_on("cross-5x5"));
  store.dispatch(session::action::Save{"/no/such/folder/lesson.json"});
  ASSERT_TRUE(store.session().transient.notice);
  EXPECT_NE(store.session().transient.notice->code, "saved");
}

}  // namespace
}  // namespace convscope::window
