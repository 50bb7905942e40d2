// A plan predicts what carrying it out does.
#include "core/derive/plan.h"

#include <gtest/gtest.h>

#include "core/session/update.h"
#include "tests/core/derive/two_layers.h"

namespace convscope::derive {
namespace {

session::Session with_weight(session::Session session, std::int64_t layer, float value) {
  return session::update(
      std::move(session),
      session::action::SetValue{{session::TensorRole::kWeight, {1, 1, 1, 1}, layer}, value, true});
}

TEST(Plan, NothingIsLeftToDoForTheSameScene) {
  const session::Session session = two_layers();
  const Derived derived = derive(session::scene_of(session));
  const Plan again = plan(session::scene_of(session), {}, derived);
  EXPECT_EQ(again.work, 0);
  EXPECT_EQ(again.operands_work, 0);
  const Derived same = carry_out(again);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(same.layers[i].output.data(), derived.layers[i].output.data());
    EXPECT_EQ(same.layers[i].map.computed, 0);
  }
}

TEST(Plan, CountsTheMapsThatWillBeComputed) {
  session::Session session = two_layers();
  const Derived derived = derive(session::scene_of(session));
  session = with_weight(std::move(session), 1, 7);
  const Plan of_second = plan(session::scene_of(session), {}, derived);
  ASSERT_EQ(of_second.maps.size(), 2U);
  EXPECT_EQ(of_second.maps[0].maps, 0);
  EXPECT_EQ(of_second.maps[1].maps, 1);
  EXPECT_EQ(carry_out(of_second).layers[1].map.computed, 1);

  session = with_weight(std::move(session), 0, 7);
  const Plan of_both = plan(session::scene_of(session), {}, derived);
  ASSERT_EQ(of_both.maps.size(), 1U) << "the second layer's input is not known yet";
  const Derived both = carry_out(of_both);
  EXPECT_EQ(both.layers[0].map.computed, 1);
  EXPECT_EQ(both.layers[1].map.computed, 3);
}

TEST(Plan, OnlyANewInputIsWorkForTheOperands) {
  session::Session session = two_layers();
  const Derived derived = derive(session::scene_of(session));
  EXPECT_EQ(plan(session::scene_of(session)).operands_work, 8 * 3 * 60 * 50);
  session = session::update(
      std::move(session),
      session::action::SetValue{{session::TensorRole::kInput, {0, 1, 2, 3}}, 7, true});
  Plan next = plan(session::scene_of(session), {}, derived);
  EXPECT_EQ(next.operands_work, 8 * 3 * 60 * 50);
  EXPECT_TRUE(next.operands.layers[0].input.empty());
  make_operands(next);
  EXPECT_EQ(next.operands.layers[0].input.at({0, 1, 2, 3}), 7);
  const float* input = next.operands.layers[0].input.data();
  EXPECT_EQ(carry_out(std::move(next)).layers[0].input.data(), input);
}

TEST(Plan, ACancelledOneGivesTheOperands) {
  const session::Session session = two_layers();
  conv::Progress progress;
  progress.cancel = true;
  const Derived derived = carry_out(plan(session::scene_of(session)), {.progress = &progress});
  EXPECT_FALSE(derived.layers[0].input.empty());
  EXPECT_FALSE(has_maps(derived));
}

TEST(Derived, AnOlderMapStandsBesideNewerWeights) {
  session::Session session = two_layers();
  const Derived old = derive(session::scene_of(session));
  session = with_weight(std::move(session), 0, 7);
  const Derived operands = derive_operands(session::scene_of(session), &old);
  EXPECT_TRUE(fits(old, session::scene_of(session)));
  EXPECT_FALSE(has_maps(operands));
  for (const Derived& both : {with_maps_of(operands, old, false), with_older_maps(operands, old)}) {
    EXPECT_TRUE(has_maps(both));
    EXPECT_EQ(both.layers[0].weight.at({1, 1, 1, 1}), 7);
    EXPECT_EQ(both.layers[0].output.data(), old.layers[0].output.data());
  }
}

}  // namespace
}  // namespace convscope::derive
