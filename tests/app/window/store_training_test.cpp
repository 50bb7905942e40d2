#include <gtest/gtest.h>

#include "app/files/lesson_file.h"
#include "app/window/store.h"
#include "core/lesson/training.h"
#include "tests/app/window/sessions.h"

namespace convscope::window {
namespace {

session::action::SetTraining steps_of(std::int64_t steps) {
  session::action::SetTraining training;
  training.optimizer.lr = 0.01;
  training.steps = steps;
  return training;
}

// More steps than fit in a frame.
constexpr std::int64_t kManySteps = 10'000;

TEST(StoreTraining, TheFirstLookAtTheDescentComputesItsHistory) {
  Store store(session_on("cross-5x5"));
  EXPECT_TRUE(store.derived().training->empty());
  store.dispatch(session::action::SetView{lesson::View::kDescent});
  ASSERT_FALSE(store.derived().training->empty());
  EXPECT_EQ(static_cast<std::int64_t>(store.derived().training->losses.size()),
            lesson::training_steps(session::scene_of(store.session())) + 1);
}

TEST(StoreTraining, LookingElsewhereKeepsTheHistoryAndAnEditMakesItNew) {
  Store store(session_on("weights-are-learned"));
  const std::vector<double> losses = store.derived().training->losses;
  ASSERT_FALSE(losses.empty());
  const double* place = store.derived().training->losses.data();
  store.dispatch(session::action::SetView{lesson::View::kFlat});
  store.dispatch(session::action::SetView{lesson::View::kDescent});
  EXPECT_EQ(store.derived().training->losses.data(), place);
  store.dispatch(session::action::SetValue{{session::TensorRole::kWeight, {0, 0, 0, 1}}, 3, true});
  EXPECT_NE(store.derived().training->losses, losses);
  store.dispatch(session::action::Undo{});
  EXPECT_EQ(store.derived().training->losses, losses);
}

TEST(StoreTraining, AnEditInAnotherViewLeavesNoStaleHistory) {
  Store store(session_on("weights-are-learned"));
  const std::vector<double> losses = store.derived().training->losses;
  store.dispatch(session::action::SetView{lesson::View::kFlat});
  store.dispatch(session::action::SetValue{{session::TensorRole::kInput, {0, 0, 0, 1}}, 3, true});
  EXPECT_TRUE(store.derived().training->empty());
  store.dispatch(session::action::SetView{lesson::View::kDescent});
  ASSERT_FALSE(store.derived().training->empty());
  EXPECT_NE(store.derived().training->losses, losses);
}

TEST(StoreTraining, ALongRunComesFromTheWorkerAndTheLastOneStaysMeanwhile) {
  Store store(session_on("weights-are-learned"));
  store.dispatch(steps_of(kManySteps));
  EXPECT_TRUE(store.progress());
  EXPECT_EQ(store.derived().training->losses.size(), 201u);
  store.wait();
  EXPECT_EQ(store.derived().training->losses.size(), kManySteps + 1u);
  EXPECT_FALSE(store.progress());
}

TEST(StoreTraining, ANewerEditCancelsTheCurrentRun) {
  Store store(session_on("weights-are-learned"));
  store.dispatch(steps_of(kManySteps));
  store.dispatch(steps_of(50));
  EXPECT_EQ(store.derived().training->losses.size(), 51u);
  store.wait();
  EXPECT_EQ(store.derived().training->losses.size(), 51u);
}

}  // namespace
}  // namespace convscope::window
