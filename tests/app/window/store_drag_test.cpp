// Changes that come faster than a large map can be computed.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "app/files/lesson_file.h"
#include "app/window/store.h"

namespace convscope::window {
namespace {

// A filter on an image whose map takes longer than a frame.
session::Session photo_session() {
  lesson::Lesson lesson = files::open_lesson("cross-5x5");
  lesson::Scene scene = lesson.scenes[0];
  scene.input = {};
  scene.input.base = random_tensor({1, 1, 1900, 2000}, {.seed = 1});
  scene.input.source = lesson::SeededSource{{.seed = 1}};
  lesson.scenes[0] = scene;
  return session::open_session(lesson, session::Theme::kDark, lesson::Language::kEnglish);
}

session::action::SetValue weight(float value, bool commit = false) {
  return {{session::TensorRole::kWeight, {0, 0, 1, 1}}, value, commit};
}

Tensor map_of(const Store& store) {
  return derive::derive(session::scene_of(store.session())).layers[0].output;
}

TEST(StoreDrag, TheMapOfTheLastChangeStays) {
  Store store(photo_session());
  store.wait();
  for (int i = 0; i < 40; ++i) {
    store.dispatch(weight(static_cast<float>(i)));
    EXPECT_EQ(store.derived().layers[0].weight.at({0, 0, 1, 1}), static_cast<float>(i));
    if (i % 3 == 0) {
      store.poll();
      store.catch_up();
      // The map may be an older one, but the weight is the newest.
      EXPECT_EQ(store.derived().layers[0].weight.at({0, 0, 1, 1}), static_cast<float>(i));
    }
  }
  store.wait();
  EXPECT_FALSE(store.progress());
  EXPECT_TRUE(identical(store.derived().layers[0].output, map_of(store)));
}

TEST(StoreDrag, ADragKeepsRefreshing) {
  Store store(photo_session());
  store.wait();
  const TensorName first = store.derived().layers[0].output;
  // A change before every poll: a store that restarted each time would never finish.
  int i = 0;
  while (first == TensorName(store.derived().layers[0].output) && i < 60'000) {
    store.dispatch(weight(static_cast<float>(100 + ++i)));  // no value that the map shown has
    store.poll();
    store.catch_up();
    std::this_thread::sleep_for(
        std::chrono::milliseconds(1));  // as between frames; gives the worker time
  }
  EXPECT_LT(i, 60'000);
}

TEST(StoreDrag, AnotherShapeDoesNotWaitForTheMapInProgress) {
  Store store(photo_session());
  store.wait();
  store.dispatch(weight(3));
  conv::LayerSpec spec = session::layer_of(store.session()).spec;
  spec.stride = {2, 2};
  store.dispatch(session::action::SetSpec{spec});
  store.dispatch(weight(4));
  store.wait();
  EXPECT_EQ(store.derived().layers[0].output.shape(), (Shape{1, 1, 949, 999}));
  EXPECT_TRUE(identical(store.derived().layers[0].output, map_of(store)));
}

TEST(StoreDrag, ShortWorkShowsNoProgress) {
  Store store(photo_session());
  // Whether work is short is told by the clock, and a busy machine may stop this thread meanwhile.
  bool shown = true;
  for (int i = 0; shown && i < 20; ++i) {
    store.wait();
    store.dispatch(weight(static_cast<float>(3 + i)));
    EXPECT_TRUE(store.progress());
    shown = store.slow_progress().has_value();
  }
  EXPECT_FALSE(shown);
}

TEST(StoreDrag, TheForcedAlgorithmReachesTheWorkerAndTheFrame) {
  Store store(photo_session(), conv::Algorithm::kExact);
  store.wait();
  EXPECT_EQ(store.derived().layers[0].algorithm, conv::Algorithm::kExact);
  store.dispatch(session::action::Open{"cross-5x5"});
  EXPECT_EQ(store.derived().layers[0].algorithm, conv::Algorithm::kExact);
  Store gemm(photo_session(), conv::Algorithm::kGemm);
  gemm.wait();
  EXPECT_EQ(gemm.derived().layers[0].algorithm, conv::Algorithm::kGemm);
}

}  // namespace
}  // namespace convscope::window
