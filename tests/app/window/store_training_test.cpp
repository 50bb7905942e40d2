#include <gtest/gtest.h>

#include "app/files/lesson_file.h"
#include "app/window/store.h"
#include "core/lesson/training.h"

namespace convscope {
namespace {

Session session_on(const std::string& what) {
  return open_session(open_lesson(what), Theme::kDark, Language::kEnglish);
}

action::SetTraining steps_of(std::int64_t steps) {
  action::SetTraining training;
  training.optimizer.lr = 0.01;
  training.steps = steps;
  return training;
}

// Steps that no frame has the time for.
constexpr std::int64_t kManySteps = 10'000;

TEST(StoreTraining, TheFirstLookAtTheDescentComputesItsHistory) {
  Store store(session_on("cross-5x5"));
  EXPECT_TRUE(store.derived().training.empty());
  store.dispatch(action::SetView{View::kDescent});
  ASSERT_FALSE(store.derived().training.empty());
  EXPECT_EQ(static_cast<std::int64_t>(store.derived().training.losses.size()),
            training_steps(scene_of(store.session())) + 1);
}

TEST(StoreTraining, LookingElsewhereKeepsTheHistoryAndAnEditMakesItNew) {
  Store store(session_on("weights-are-learned"));
  const std::vector<double> losses = store.derived().training.losses;
  ASSERT_FALSE(losses.empty());
  const double* place = store.derived().training.losses.data();
  store.dispatch(action::SetView{View::kFlat});
  store.dispatch(action::SetView{View::kDescent});
  EXPECT_EQ(store.derived().training.losses.data(), place);
  store.dispatch(action::SetValue{{TensorRole::kWeight, {0, 0, 0, 1}}, 3, true});
  EXPECT_NE(store.derived().training.losses, losses);
  store.dispatch(action::Undo{});
  EXPECT_EQ(store.derived().training.losses, losses);
}

TEST(StoreTraining, AnEditInAnotherViewLeavesNoStaleHistory) {
  Store store(session_on("weights-are-learned"));
  const std::vector<double> losses = store.derived().training.losses;
  store.dispatch(action::SetView{View::kFlat});
  store.dispatch(action::SetValue{{TensorRole::kInput, {0, 0, 0, 1}}, 3, true});
  EXPECT_TRUE(store.derived().training.empty());
  store.dispatch(action::SetView{View::kDescent});
  ASSERT_FALSE(store.derived().training.empty());
  EXPECT_NE(store.derived().training.losses, losses);
}

TEST(StoreTraining, ALongRunComesFromTheWorkerAndTheLastOneStaysMeanwhile) {
  Store store(session_on("weights-are-learned"));
  store.dispatch(steps_of(kManySteps));
  EXPECT_TRUE(store.progress());
  EXPECT_EQ(store.derived().training.losses.size(), 201u);
  store.wait();
  EXPECT_EQ(store.derived().training.losses.size(), kManySteps + 1u);
  EXPECT_FALSE(store.progress());
}

TEST(StoreTraining, ANewerEditCancelsTheRunUnderWay) {
  Store store(session_on("weights-are-learned"));
  store.dispatch(steps_of(kManySteps));
  store.dispatch(steps_of(50));
  EXPECT_EQ(store.derived().training.losses.size(), 51u);
  store.wait();
  EXPECT_EQ(store.derived().training.losses.size(), 51u);
}

}  // namespace
}  // namespace convscope
