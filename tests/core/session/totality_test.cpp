// Any action with any numbers on any session: nothing crashes, and every view can still show the
// session.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ranges>

#include "core/derive/derived.h"
#include "core/lesson/scene_shapes.h"
#include "core/lesson/training.h"
#include "core/session/action/rows.h"
#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t roll() {  // xorshift64
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }
  std::int64_t below(std::int64_t count) {
    return static_cast<std::int64_t>(roll() % static_cast<std::uint64_t>(count));
  }
  bool coin() { return below(2) == 0; }
  std::int64_t integer() {
    constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
    const std::array extreme = {kMost, -kMost - 1, kMost / 2, std::int64_t{1} << 32,
                                -(std::int64_t{1} << 40)};
    return below(8) == 0 ? extreme[static_cast<std::size_t>(below(5))] : below(12) - 3;
  }
  double number() {
    constexpr auto kInfinity = std::numeric_limits<double>::infinity();
    const std::array extreme = {kInfinity, -kInfinity, std::numeric_limits<double>::quiet_NaN(),
                                1e300, -1e300};
    return below(8) == 0 ? extreme[static_cast<std::size_t>(below(5))]
                         : static_cast<double>(below(4000) - 1000) / 64.0;
  }
  float value() {
    constexpr float kMost = std::numeric_limits<float>::max();
    const std::array extreme = {kMost, -kMost, std::numeric_limits<float>::denorm_min(),
                                std::numeric_limits<float>::infinity(),
                                std::numeric_limits<float>::quiet_NaN()};
    return coin() ? extreme[static_cast<std::size_t>(below(5))] : static_cast<float>(below(9));
  }
  Index index() { return {integer(), integer(), integer(), integer()}; }

  conv::LayerSpec spec(conv::LayerSpec spec) {
    const auto size = [&] { return conv::Size2{integer(), integer()}; };
    if (below(6) == 0) {
      spec.op = static_cast<conv::Op>(below(6));
    }
    if (coin()) {
      spec.kernel_size = size();
    }
    if (coin()) {
      spec.stride = size();
    }
    if (below(4) == 0) {
      spec.dilation = size();
    }
    if (below(4) == 0) {
      spec.out_channels = integer();
    }
    if (below(8) == 0) {
      spec.in_channels = integer();
    }
    if (below(8) == 0) {
      spec.groups = integer();
    }
    spec.padding = static_cast<conv::PaddingRule>(below(4));
    spec.padding_mode = static_cast<conv::PaddingMode>(below(4));
    spec.pads = {integer(), integer(), integer(), integer()};
    spec.bias = coin();
    spec.flip = coin();
    spec.output_padding = below(3) == 0 ? size() : conv::Size2{0, 0};
    spec.ceil_mode = coin();
    spec.count_include_pad = coin();
    spec.divisor_override = below(4) == 0 ? integer() : 0;
    return spec;
  }

 private:
  std::uint64_t state_;
};

// A place in the input or the weight, chosen more often than by chance.
Action any_cell(Dice& dice, const Session& session) {
  const bool input = dice.below(3) == 0;
  const Shape shape =
      input ? scene_of(session).input.base.shape() : layer_of(session).weight.base.shape();
  if (shape.count() == 0) {
    return action::Commit{};
  }
  return action::SetValue{
      {input ? TensorRole::kInput : TensorRole::kWeight,
       {dice.below(shape.n), dice.below(shape.c), dice.below(shape.h), dice.below(shape.w)},
       input ? 0 : -1},
      dice.value(),
      dice.coin()};
}

// Numbers for a tensor, as many as its shape says, of the size that it has or near it.
Action any_tensor(Dice& dice, const Session& session) {
  constexpr std::array kRoles = {TensorRole::kInput, TensorRole::kWeight, TensorRole::kBias};
  const TensorRole role = kRoles[static_cast<std::size_t>(dice.below(3))];
  const lesson::Layer& layer = layer_of(session);
  Shape shape = role == TensorRole::kInput    ? scene_of(session).input.base.shape()
                : role == TensorRole::kWeight ? layer.weight.base.shape()
                                              : layer.bias.base.shape();
  std::int64_t& side = dice.coin() ? shape.h : dice.coin() ? shape.w : shape.n;
  side = std::clamp<std::int64_t>(side + dice.below(3) - 1, 0, 9);
  if (shape.count() > 4000) {
    return action::Commit{};
  }
  return action::SetTensor{role, shape,
                           std::vector<float>(static_cast<std::size_t>(shape.count()),
                                              dice.below(9) == 0 ? dice.value() : 0.5F)};
}

// Computing a target map takes time, so only small layers get one.
bool is_small(const Session& session) {
  const lesson::Scene& scene = scene_of(session);
  return conv::work_count(scene.layers.front().spec, scene.input.base.shape()) < 1'000'000;
}

// Fills an action's fields with random values.
class AnyFields : public action::Fields {
 public:
  AnyFields(Dice& dice, const Session& session) : dice_(dice), session_(session) {}

  bool has(std::string_view, bool) override { return dice_.coin(); }
  void integer(std::string_view, std::int64_t& value) override { value = dice_.integer(); }
  void number(std::string_view, double& value) override { value = dice_.number(); }
  void value(std::string_view, float& value) override { value = dice_.value(); }
  void values(std::string_view, std::vector<float>& values) override {
    values.assign(static_cast<std::size_t>(dice_.below(30)), dice_.value());
  }
  void boolean(std::string_view, bool& value) override { value = dice_.coin(); }
  void text(std::string_view, std::string& value) override { value = "x"; }
  void place(std::string_view, Index& at) override { at = dice_.index(); }
  void choice(std::string_view, std::span<const std::string_view> words,
              std::size_t& chosen) override {
    chosen = static_cast<std::size_t>(dice_.below(std::ssize(words)));
  }
  void spec(conv::LayerSpec& spec) override { spec = dice_.spec(layer_of(session_).spec); }
  void optimizer(conv::Optimizer& optimizer) override {
    optimizer = {static_cast<conv::Optimizer::Kind>(dice_.below(2)), dice_.number(),
                 dice_.number()};
  }
  void problem(Problem& problem) override { problem.code = "x"; }

 private:
  Dice& dice_;
  const Session& session_;
};

Action any_action(Dice& dice, const Session& session) {
  if (dice.below(12) == 0) {
    return any_cell(dice, session);
  }
  if (dice.below(12) == 0) {
    return any_tensor(dice, session);
  }
  const auto rows = action::rows();
  const action::Row& row = rows[static_cast<std::size_t>(dice.below(std::ssize(rows)))];
  Action action = row.blank;
  AnyFields fields(dice, session);
  row.visit(fields, action);
  const bool slow = action.is<action::DrawTarget>() && !is_small(session);
  return slow ? action::Next{} : action;
}

// An action that leaves the user's own document on the stage.
Action any_edit(Dice& dice, const Session& session) {
  Action action = any_action(dice, session);
  while (action.is<action::Ask>() || action.is<action::ExerciseStarted>()) {
    action = any_action(dice, session);
  }
  return action;
}

void expect_finite(const lesson::TensorRef& ref) {
  const auto finite = [](float value) { return std::isfinite(value); };
  ASSERT_TRUE(std::ranges::all_of(ref.base.values(), finite));
  ASSERT_TRUE(std::ranges::all_of(ref.edits | std::views::values, finite));
}

void expect_finite(const lesson::Scene& scene) {
  for (const lesson::Layer& layer : scene.layers) {
    ASSERT_NO_FATAL_FAILURE(expect_finite(layer.weight));
    ASSERT_NO_FATAL_FAILURE(expect_finite(layer.bias));
  }
  if (scene.input.base.shape().count() < 10'000) {  // a photo is parsed only once, for its file
    ASSERT_NO_FATAL_FAILURE(expect_finite(scene.input));
  }
  if (scene.training) {
    ASSERT_NO_FATAL_FAILURE(expect_finite(scene.training->start));
    ASSERT_NO_FATAL_FAILURE(expect_finite(scene.training->target));
    for (const lesson::TensorRef& start : scene.training->later_starts) {
      ASSERT_NO_FATAL_FAILURE(expect_finite(start));
    }
  }
  if (scene.reference_map) {
    ASSERT_NO_FATAL_FAILURE(expect_finite(scene.reference_map->map));
  }
}

void expect_sound_layers(const lesson::Scene& scene) {
  Shape shape = scene.input.base.shape();
  for (const lesson::Layer& layer : scene.layers) {
    ASSERT_TRUE(conv::problems(layer.spec, shape).empty());
    ASSERT_EQ(layer.spec, conv::fitted(layer.spec, shape));
    ASSERT_EQ(layer.weight.base.shape(), conv::weight_shape(layer.spec));
    ASSERT_EQ(layer.bias.base.shape().w, layer.spec.bias ? layer.spec.out_channels : 0);
    for (const auto [at, value] : layer.weight.edits) {
      ASSERT_TRUE(contains(layer.weight.base.shape(), at));
    }
    shape = conv::output_shape(layer.spec, shape);
  }
  const Shape output = lesson::layer_output_shape(scene, 0);
  if (scene.training && !scene.training->start.base.empty()) {
    ASSERT_EQ(scene.training->start.base.shape(), conv::weight_shape(scene.layers.front().spec));
  }
  if (scene.training) {
    ASSERT_TRUE(lesson::fit_later_starts(scene, *scene.training));
  }
  if (scene.training && !scene.training->target.base.empty()) {
    ASSERT_EQ(scene.training->target.base.shape(), lesson::target_shape(scene));
  }
  if (scene.reference_map) {
    ASSERT_EQ(scene.reference_map->map.base.shape(), output);
  }
}

void expect_sound(const Session& session) {
  ASSERT_GE(session.look.scene, 0);
  ASSERT_LT(session.look.scene, static_cast<std::int64_t>(session.document.lesson->scenes.size()));
  ASSERT_GE(session.look.layer, 0);
  ASSERT_LT(session.look.layer, static_cast<std::int64_t>(scene_of(session).layers.size()));
  ASSERT_NO_FATAL_FAILURE(expect_sound_layers(scene_of(session)));
  ASSERT_NO_FATAL_FAILURE(expect_finite(scene_of(session)));
  if (session.look.second_view) {
    ASSERT_NE(session.look.view, lesson::View::kDescent);
    ASSERT_NE(*session.look.second_view, lesson::View::kDescent);
    ASSERT_NE(*session.look.second_view, session.look.view);
  }
  const Timeline timeline = timeline_of(session);
  ASSERT_GE(session.clock.frame, 0);
  ASSERT_LE(session.clock.frame, timeline.last());
  if (session.clock.run_to) {
    ASSERT_NE(*session.clock.run_to, session.clock.frame);
    ASSERT_GE(*session.clock.run_to, 0);
    ASSERT_LE(*session.clock.run_to, timeline.last());
  }
  ASSERT_GE(session.clock.quarter_ticks, 0);
  ASSERT_LT(session.clock.quarter_ticks, 4);
  ASSERT_GE(session.clock.speed, kMinSpeed);
  ASSERT_LE(session.clock.speed, kMostSpeed);
  ASSERT_GT(session.look.camera.zoom, 0);
  ASSERT_LE(session.document.history->past.size(), 500U);
}

TEST(Totality, AnyActionLeavesASoundSession) {
  for (const std::string id :
       {"cross-5x5", "rgb-same", "conv2d-3-to-5", "one-filter-depth", "photo-edges"}) {
    Dice dice(0x9E3779B97F4A7C15U + id.size());
    Session session = testing::opened(id);
    for (int i = 0; i < 3000; ++i) {
      const Action action = any_action(dice, session);
      session = update(std::move(session), action);
      expect_sound(session);
      if (::testing::Test::HasFatalFailure()) {
        FAIL() << id << ", action " << i << ": " << action_json(action);
      }
    }
    EXPECT_EQ(settle(session).clock.run_to, std::nullopt);
    EXPECT_NO_THROW(derive::derive_operands(scene_of(session)));
  }
}

// Whatever an editor makes of a lesson can be saved in a file.
TEST(Totality, AnyActionLeavesALessonThatCanBeSaved) {
  Dice dice(7);
  Session session = testing::zoo();
  for (int i = 0; i < 6000; ++i) {
    const Action action = any_action(dice, session);
    session = update(std::move(session), action);
    expect_sound(session);
    if (::testing::Test::HasFatalFailure()) {
      FAIL() << "action " << i << ": " << action_json(action);
    }
    if (i % 40 == 0) {
      const std::string json = lesson::lesson_json(session.document.lesson);
      try {
        ASSERT_EQ(lesson::lesson_json(lesson::parse_lesson(json, "saved.json", testing::ramp)),
                  json);
      } catch (const Failure& failure) {
        FAIL() << "action " << i << ": " << failure.problem().code << " at "
               << failure.problem().field << "\n"
               << json;
      }
    }
  }
}

TEST(Totality, UndoingEverythingGivesTheFirstDocumentAndRedoingTheLast) {
  for (const std::uint64_t seed : {42U, 43U, 44U}) {
    Dice dice(seed);
    const Session start = testing::zoo();
    Session session = start;
    for (int i = 0; i < 300; ++i) {
      session = update(session, any_edit(dice, session));
    }
    session = update(session, action::Commit{});
    const Shared<lesson::Lesson> last = session.document.lesson;
    while (!session.document.history->future.empty()) {
      session = update(session, action::Redo{});
    }
    const Shared<lesson::Lesson> newest = session.document.lesson;
    ASSERT_FALSE(session.document.history->past.empty());
    while (!session.document.history->past.empty()) {
      session = update(session, action::Undo{});
    }
    EXPECT_TRUE(session.document.lesson == start.document.lesson);
    EXPECT_EQ(lesson::lesson_json(session.document.lesson),
              lesson::lesson_json(start.document.lesson));
    bool met = last == newest;
    while (!session.document.history->future.empty()) {
      session = update(session, action::Redo{});
      met = met || session.document.lesson == last;
    }
    EXPECT_TRUE(session.document.lesson == newest);
    EXPECT_TRUE(met);
  }
}

// Comparing files gives the same result as comparing value by value.
TEST(Totality, DocumentsAreEqualWhenTheirFilesAre) {
  Dice dice(5);
  Session session = testing::zoo();
  std::vector<std::pair<Shared<lesson::Lesson>, std::string>> versions;
  for (int i = 0; i < 400; ++i) {
    session = update(session, any_edit(dice, session));
    if (i % 5 == 0) {
      versions.emplace_back(session.document.lesson, lesson::lesson_json(session.document.lesson));
      // The same content in other storage.
      const std::string& json = versions.back().second;
      versions.emplace_back(lesson::parse_lesson(json, "saved.json", testing::ramp), json);
    }
  }
  std::int64_t equal = 0;
  for (const auto& [a, file_of_a] : versions) {
    for (const auto& [b, file_of_b] : versions) {
      EXPECT_EQ(a == b, file_of_a == file_of_b);
      equal += a == b ? 1 : 0;
    }
  }
  const auto count = static_cast<std::int64_t>(versions.size());
  EXPECT_GT(equal, 2 * count);
  EXPECT_LT(equal, count * count / 2);
}

}  // namespace
}  // namespace convscope::session
