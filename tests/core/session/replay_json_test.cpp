#include <gtest/gtest.h>

#include <set>

#include "core/session/action.h"
#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

std::string replay_of(const std::string& actions) {
  return R"({"format": 1, "lesson": "cross-5x5", "actions": [)" + actions + "]}";
}

// Every action that has a JSON form, with numbers unlike their defaults.
Actions all_actions() {
  conv::LayerSpec spec;
  spec.in_channels = 4;
  spec.out_channels = 6;
  spec.kernel_size = {2, 5};
  spec.stride = {2, 1};
  spec.padding = conv::PaddingRule::kExplicit;
  spec.pads = {1, 2, 3, 4};
  spec.padding_mode = conv::PaddingMode::kReflect;
  spec.dilation = {1, 3};
  spec.groups = 2;
  spec.bias = true;
  spec.op = conv::Op::kAvgPool;
  spec.flip = true;
  spec.output_padding = {1, 0};
  spec.ceil_mode = true;
  spec.count_include_pad = false;
  spec.divisor_override = 5;
  const Target cell = {TensorRole::kWeight, {0, 0, 1, 1}, 2};
  return {
      action::Next{},
      action::Previous{},
      action::First{},
      action::Last{},
      action::NextRow{},
      action::PreviousRow{},
      action::TogglePlay{},
      action::Pause{},
      action::Tick{7},
      action::Seek{480},
      action::GoTo{-1},
      action::PlaceWindow{{0, 0, 2, 3}},
      action::SetSpeed{0.25},
      action::SetLoop{true},
      action::SetGranularity{Granularity::kTerm},
      action::SetView{lesson::View::kReceptiveField},
      action::SetSecondView{lesson::View::kMatrix},
      action::SetSecondView{},
      action::SetCodeStrip{lesson::CodeStrip::kLinear},
      action::SetTransposedAs{lesson::TransposedAs::kScatterAdd},
      action::SetOrbit{{-20, 35.5}},
      action::SetGuided{false},
      action::SetCamera{{2, 0.5, -0.25}},
      action::Hover{cell},
      action::Hover{},
      action::Hover{Target{TensorRole::kZeroInserted, {0, 0, 4, 2}}},
      action::Select{Target{TensorRole::kFlipped, {0, 0, 4, 2}}},
      action::Select{Target{TensorRole::kTarget, {0, 0, 4, 2}}},
      action::Select{cell},
      action::NextFilter{},
      action::SetScene{1},
      action::SetLayer{1},
      action::SetTheme{Theme::kProjector},
      action::SetLanguage{lesson::Language::kRussian},
      action::SetValue{cell, 0.1F, false},
      action::Commit{},
      action::SetSpec{spec, true},
      action::SetFilter{1, {1, -2.5F}},
      action::SetRelu{true},
      action::SetTraining{{conv::Optimizer::Kind::kAdam, 0.01, 0.9, 0.8, 0.99, 1e-6}, 77, false},
      action::SetStart{12},
      action::DrawTarget{false},
      action::ResetScene{},
      action::DropDraft{},
      action::Undo{},
      action::Redo{},
      action::Open{"rgb-same"},
      action::Save{"a \"b\".json"},
      action::Notify{{"file_missing", "x", {{"name", "y"}, {"n", 3}}}},
      action::DismissNotice{}};
}

TEST(Replay, EveryActionSurvivesWritingAndReading) {
  const Actions actions = all_actions();
  std::set<std::size_t> kinds;
  for (const Action& action : actions) {
    kinds.insert(action.index());
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Action> - 1);  // all but Opened
  std::string joined;
  for (const Action& action : actions) {
    joined += (joined.empty() ? "" : ",\n") + action_json(action);
  }
  const Replay replay = parse_replay(replay_of(joined), "r.json");
  EXPECT_EQ(replay.lesson, "cross-5x5");
  ASSERT_EQ(replay.actions.size(), actions.size());
  for (std::size_t i = 0; i < actions.size(); ++i) {
    EXPECT_EQ(replay.actions[i].index(), actions[i].index());
    EXPECT_EQ(action_json(replay.actions[i]), action_json(actions[i]));
  }
  EXPECT_EQ(action_json(action::Opened{}), "");
}

TEST(Replay, TheContractsExample) {
  EXPECT_EQ(action_json(action::SetValue{{TensorRole::kWeight, {0, 0, 1, 1}}, 2, true}),
            R"({"do": "set_value", "tensor": "weight", "at": [0, 0, 1, 1], "value": 2})");
  const Replay replay = parse_replay(
      replay_of(R"({"do": "set_value", "tensor": "weight", "at": [0,0,1,1], "value": 2})"), "r");
  const auto& action = std::get<action::SetValue>(replay.actions.at(0));
  EXPECT_EQ(action.target, (Target{TensorRole::kWeight, {0, 0, 1, 1}}));
  EXPECT_EQ(action.value, 2);
  EXPECT_TRUE(action.commit);
}

TEST(Replay, MistakesAreNamed) {
  const auto problem_of = [](const std::string& actions) {
    try {
      parse_replay(replay_of(actions), "r.json");
    } catch (const Failure& failure) {
      return failure.problem();
    }
    return Problem{"none", "", {}};
  };
  const Problem unknown = problem_of("{\"do\": \"next\"},\n{\"do\": \"jump\"}");
  EXPECT_EQ(unknown.code, "replay_unknown_action");
  EXPECT_EQ(unknown.values,
            (std::vector<std::pair<std::string, ProblemValue>>{{"file", "r.json"},
                                                               {"line", 2},
                                                               {"path", "actions[1].do"},
                                                               {"index", 1},
                                                               {"action", "jump"}}));
  EXPECT_EQ(problem_of(R"({"do": "seek", "fame": 1})").code, "json_unknown_key_near");
  EXPECT_EQ(problem_of(R"({"do": "seek"})").code, "json_missing_key");
  EXPECT_EQ(problem_of(R"({"do": "seek", "frame": 1.5})").code, "json_not_integer");
  EXPECT_EQ(problem_of(R"({"do": "set_theme", "theme": "pink"})").code, "json_unknown_choice");
  EXPECT_EQ(problem_of(R"(5)").code, "json_not_object");
}

TEST(SessionJson, SaysWhereTheSessionStands) {
  const Session session = testing::after(testing::opened("cross-5x5"), action::GoTo{4});
  const std::string json = session_json(session);
  for (const char* part : {"\"id\": \"cross-5x5\"", "\"frame\": 1200", "\"position\": 4",
                           "\"finished\": true", "\"playing\": false", "\"output\": [1, 1, 3, 3]",
                           "\"lesson\": {", "\"language\": \"en\""}) {
    EXPECT_NE(json.find(part), std::string::npos) << part;
  }
}

TEST(SessionJson, SaysWhatItShows) {
  const Session session = testing::after(
      testing::zoo_scene(1), action::SetLayer{1},
      action::Hover{Target{TensorRole::kWeight, {0, 1, 2, 0}, 0}}, action::SetGuided{false});
  const std::string json = session_json(session);
  for (const char* part :
       {"\"scene\": 1", "\"layer\": 1", "\"op\": \"avg_pool2d\"", "\"view\": \"flat\"",
        "\"second_view\": \"coverage\"", "\"transposed_as\": \"stamp\"", "\"guided\": false",
        "\"hover\": {\"tensor\": \"weight\", \"at\": [0, 1, 2, 0], \"layer\": 0}"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace convscope::session
