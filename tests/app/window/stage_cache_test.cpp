#include "app/window/stage_cache.h"

#include <gtest/gtest.h>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "app/window/shell/shell.h"
#include "app/window/store.h"
#include "app/window/ticker.h"

namespace convscope::window {
namespace {

TEST(StageCache, ComposesOnlyWhatChanged) {
  const picture::TextMetrics metrics = files::bundled_metrics();
  Store store(session::open_session(files::open_lesson("cross-5x5"), session::Theme::kDark,
                                    lesson::Language::kEnglish));
  StageCache cache;
  const auto refresh = [&](float width) {
    return cache.refresh(store.shown({width, 600, 1}), store.locale(), metrics);
  };
  EXPECT_TRUE(refresh(800));
  EXPECT_FALSE(refresh(800));
  EXPECT_TRUE(refresh(810));
  // Changes that the stage doesn't show.
  store.dispatch(session::action::SetSpeed{4});
  store.dispatch(session::action::Switch{&session::Toggles::loop, true});
  store.dispatch(session::action::Select{session::Target{session::TensorRole::kInput, {}}});
  store.dispatch(session::action::TogglePlay{});
  store.dispatch(session::action::Pause{});
  EXPECT_FALSE(refresh(810));
  store.dispatch(session::action::GoTo{3});
  EXPECT_TRUE(refresh(810));
  store.dispatch(session::action::SetLanguage{lesson::Language::kRussian});
  EXPECT_TRUE(refresh(810));
  store.dispatch(session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 0, 0}}, 5, true});
  EXPECT_TRUE(refresh(810));
  // A seek to the same frame, and a kernel placed where it is.
  store.dispatch(session::action::Seek{store.session().clock.frame});
  store.dispatch(session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 0, 0}}, 5, true});
  EXPECT_FALSE(refresh(810));
  store.dispatch(
      session::action::Hover{session::Target{session::TensorRole::kInput, {0, 0, 1, 1}}});
  EXPECT_TRUE(refresh(810));
  EXPECT_EQ(cache.composes(), 6);
}

TEST(Ticker, CarriesTheRestAndForgivesPauses) {
  Ticker ticker;
  std::int64_t ticks = 0;
  for (int i = 0; i < 1000; ++i) {
    ticks += ticker.advance(0.001);  // 0.24 ticks each
  }
  EXPECT_NEAR(static_cast<double>(ticks), 240, 1);
  EXPECT_LE(ticker.advance(3600), session::kTicksPerSecond / 10 + 1);
}

}  // namespace
}  // namespace convscope::window
