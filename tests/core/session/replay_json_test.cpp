#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <typeindex>
#include <utility>
#include <vector>

#include "core/session/action.h"
#include "core/session/action/rows.h"
#include "tests/core/lesson/zoo.h"

namespace convscope::session {
namespace {

std::string replay_of(const std::string& actions) {
  return R"({"format": 1, "lesson": "cross-5x5", "actions": [)" + actions + "]}";
}

conv::LayerSpec unusual_spec() {
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
  return spec;
}

// Sets every field to a value other than its default; optional fields are present or absent.
class UnusualFields : public action::Fields {
 public:
  explicit UnusualFields(bool all) : all_(all) {}

  bool has(std::string_view, bool) override { return all_; }
  void integer(std::string_view, std::int64_t& value) override { value = 7; }
  void number(std::string_view, double& value) override { value = -0.25; }
  void value(std::string_view, float& value) override { value = 0.1F; }
  void values(std::string_view, std::vector<float>& values) override { values = {1, -2.5F}; }
  void boolean(std::string_view, bool& value) override { value = !value; }
  void text(std::string_view, std::string& value) override { value = "a \"b\".json"; }
  void place(std::string_view, Index& at) override { at = {0, 1, 2, 3}; }
  void choice(std::string_view, std::span<const std::string_view> words,
              std::size_t& chosen) override {
    chosen = words.size() - 1 - chosen;
  }
  void spec(conv::LayerSpec& spec) override { spec = unusual_spec(); }
  void optimizer(conv::Optimizer& optimizer) override {
    optimizer = {conv::Optimizer::Kind::kAdam, 0.01, 0.9, 0.8, 0.99, 1e-6};
  }
  void problem(Problem& problem) override {
    problem = {"file_missing", "x", {{"name", "y"}, {"n", 3}}};
  }

 private:
  bool all_;
};

TEST(Replay, EveryActionHasARowAndAJsonNameOfItsOwn) {
  std::set<std::string_view> names;
  std::set<std::type_index> kinds;
  for (const action::Row& row : action::rows()) {
    EXPECT_EQ(&action::row_of(row.blank), &row) << row.name;
    kinds.insert(row.blank.kind());
    if (!row.name.empty()) {
      EXPECT_TRUE(names.insert(row.name).second) << row.name;
    }
  }
  EXPECT_EQ(
      kinds.size(),
      std::variant_size_v<action::TimeActions> + std::variant_size_v<action::LookActions> +
          std::variant_size_v<action::EditActions> + std::variant_size_v<action::BuildActions> +
          std::variant_size_v<action::AuthorActions> +
          std::variant_size_v<action::DocumentActions> + std::variant_size_v<action::AskActions> +
          std::variant_size_v<action::ToggleActions>);
  EXPECT_EQ(names.size() + 4, action::rows().size());
  EXPECT_EQ(action_json(action::Opened{}), "");
  EXPECT_EQ(action_json(action::Refreshed{}), "");
  EXPECT_EQ(action_json(action::ExerciseStarted{}), "");
  EXPECT_EQ(action_json(action::PictureTaken{}), "");
}

TEST(Replay, EveryActionSurvivesWritingAndReading) {
  for (const action::Row& row : action::rows()) {
    for (const bool all : {true, false}) {
      Action action = row.blank;
      UnusualFields fields(all);
      row.visit(fields, action);
      const std::string json = action_json(action);
      if (json.empty()) {
        continue;
      }
      const Replay replay = parse_replay(replay_of(json), "r.json");
      EXPECT_EQ(replay.lesson, "cross-5x5");
      ASSERT_EQ(replay.actions.size(), 1U) << json;
      EXPECT_TRUE(replay.actions[0].kind() == action.kind()) << json;
      EXPECT_EQ(action_json(replay.actions[0]), json);
    }
  }
}

// The format's words, spelled out, so that no table can change them unnoticed.
TEST(Replay, TheFormatKeepsItsWords) {
  const Target cell = {TensorRole::kWeight, {0, 0, 1, 1}, 2};
  const std::vector<std::pair<Action, std::string>> told = {
      {action::Next{}, R"({"do": "next"})"},
      {action::NextTold{}, R"({"do": "next_told"})"},
      {action::PreviousTold{}, R"({"do": "previous_told"})"},
      {action::NextFilter{}, R"({"do": "next_filter"})"},
      {action::TogglePlay{}, R"({"do": "toggle_play"})"},
      {action::Tick{7}, R"({"do": "tick", "frames": 7})"},
      {action::Seek{480}, R"({"do": "seek", "frame": 480})"},
      {action::GoTo{-1}, R"({"do": "go_to", "position": -1})"},
      {action::PlaceWindow{{0, 0, 2, 3}}, R"({"do": "place_window", "at": [0, 0, 2, 3]})"},
      {action::SetSpeed{0.25}, R"({"do": "set_speed", "speed": 0.25})"},
      {action::Switch{&Toggles::loop, true}, R"({"do": "set_loop", "loop": true})"},
      {action::Switch{&Toggles::guided, false}, R"({"do": "set_guided", "guided": false})"},
      {action::SetGranularity{Granularity::kTerm},
       R"({"do": "set_granularity", "granularity": "term"})"},
      {action::SetView{lesson::View::kReceptiveField},
       R"({"do": "set_view", "view": "receptive-field"})"},
      {action::SetSecondView{}, R"({"do": "set_second_view"})"},
      {action::SetSecondView{lesson::View::kMatrix},
       R"({"do": "set_second_view", "view": "matrix"})"},
      {action::SetCodeStrip{lesson::CodeStrip::kLinear},
       R"({"do": "set_code_strip", "code": "linear"})"},
      {action::SetTransposedAs{lesson::TransposedAs::kScatterAdd},
       R"({"do": "set_transposed_as", "as": "stamp"})"},
      {action::SetOrbit{{-20, 35.5}}, R"({"do": "set_orbit", "yaw": -20, "pitch": 35.5})"},
      {action::SetCamera{{2, 0.5, -0.25}},
       R"({"do": "set_camera", "zoom": 2, "pan_x": 0.5, "pan_y": -0.25})"},
      {action::Hover{}, R"({"do": "hover"})"},
      {action::Pin{Target{TensorRole::kOutput, {0, 0, 1, 2}}},
       R"({"do": "pin", "tensor": "output", "at": [0, 0, 1, 2]})"},
      {action::Compare{Comparison::kPadding}, R"({"do": "compare", "with": "padding"})"},
      {action::Flip{true}, R"({"do": "flip", "on": true})"},
      {action::SetSplit{0.5}, R"({"do": "set_split", "split": 0.5})"},
      {action::Paint{.target = {TensorRole::kInput, {0, 0, 1, 1}},
                     .to = {0, 0, 1, 3},
                     .size = 2,
                     .value = 1,
                     .all_channels = true,
                     .commit = false},
       R"({"do": "paint", "tensor": "input", "at": [0, 0, 1, 1], "to": [0, 0, 1, 3], "size": 2, "value": 1, "all_channels": true, "commit": false})"},
      {action::Paint{.target = {TensorRole::kWeight, {0, 0, 0, 1}}, .to = {0, 0, 0, 1}, .value = 2},
       R"({"do": "paint", "tensor": "weight", "at": [0, 0, 0, 1], "value": 2})"},
      {action::Hover{Target{TensorRole::kZeroInserted, {0, 0, 4, 2}}},
       R"({"do": "hover", "tensor": "stretched", "at": [0, 0, 4, 2]})"},
      {action::Select{Target{TensorRole::kFlipped, {0, 0, 4, 2}}},
       R"({"do": "select", "tensor": "turned", "at": [0, 0, 4, 2]})"},
      {action::Select{cell},
       R"({"do": "select", "tensor": "weight", "at": [0, 0, 1, 1], "layer": 2})"},
      {action::SetScene{1}, R"({"do": "set_scene", "scene": 1})"},
      {action::SetLayer{1}, R"({"do": "set_layer", "layer": 1})"},
      {action::SetTheme{Theme::kProjector}, R"({"do": "set_theme", "theme": "projector"})"},
      {action::SetLanguage{lesson::Language::kRussian},
       R"({"do": "set_language", "language": "ru"})"},
      {action::SetValue{{TensorRole::kInput, {0, 0, 1, 1}}, 2.5F, false},
       R"({"do": "set_value", "tensor": "input", "at": [0, 0, 1, 1], "value": 2.5, "commit": false})"},
      {action::SetFilter{1, {1, -2.5F}},
       R"({"do": "set_filter", "filter": 1, "values": [1, -2.5]})"},
      {action::SetTensor{TensorRole::kInput, {0, 0, 1, 2}, {1, -2.5F}},
       R"({"do": "set_tensor", "tensor": "input", "shape": [0, 0, 1, 2], "values": [1, -2.5]})"},
      {action::UseArray{TensorRole::kWeight, "w.npz", "conv1.weight", "0:8"},
       R"({"do": "use_array", "tensor": "weight", "file": "w.npz", "name": "conv1.weight", )"
       R"("slice": "0:8"})"},
      {action::UseArray{TensorRole::kInput, "x.npy", "", ""},
       R"({"do": "use_array", "tensor": "input", "file": "x.npy"})"},
      {action::Refresh{}, R"({"do": "refresh"})"},
      {action::Open{"photo.png", true}, R"({"do": "open", "lesson": "photo.png", "shrink": true})"},
      {action::SetInputSize{3, 8, 9, Mend::kLayers, false},
       R"({"do": "set_input_size", "channels": 3, "height": 8, "width": 9, "mend": "layers", "commit": false})"},
      {action::FillInput{lesson::InputFill::kRamp}, R"({"do": "fill_input", "fill": "ramp"})"},
      {action::FillInput{lesson::InputFill::kNoise, 5},
       R"({"do": "fill_input", "fill": "noise", "seed": 5})"},
      {action::ChangeInput{lesson::InputChange::kScale, 28},
       R"({"do": "change_input", "change": "scale", "size": 28})"},
      {action::ChangeInput{lesson::InputChange::kGray, 0, Mend::kLayers},
       R"({"do": "change_input", "change": "gray", "mend": "layers"})"},
      {action::TakePicture{"bundled:images/still-life.png"},
       R"({"do": "take_picture", "path": "bundled:images/still-life.png"})"},
      {action::PresetFilter{lesson::FilterKind::kSobelX, 1},
       R"({"do": "preset_filter", "preset": "sobel_x", "filter": 1})"},
      {action::PresetFilter{lesson::FilterKind::kGabor, 0, 2, {1.5, 45, 3, 9}},
       R"({"do": "preset_filter", "preset": "gabor", "filter": 0, "channel": 2, "sigma": 1.5, "angle": 45, "wavelength": 3})"},
      {action::PresetFilter{lesson::FilterKind::kMotion, 0, std::nullopt, {}, false},
       R"({"do": "preset_filter", "preset": "motion", "filter": 0, "angle": 0, "commit": false})"},
      {action::TransformFilter{lesson::FilterTransform::kRotate, 0, 1},
       R"({"do": "transform_filter", "how": "rotate", "filter": 0, "channel": 1})"},
      {action::AddFilter{std::nullopt, 3}, R"({"do": "add_filter", "seed": 3})"},
      {action::AddFilter{0}, R"({"do": "add_filter", "copy": 0})"},
      {action::RemoveFilter{2}, R"({"do": "remove_filter", "filter": 2})"},
      {action::SetOperator{conv::Op::kMaxPool}, R"({"do": "set_operator", "op": "max_pool2d"})"},
      {action::AddLayer{conv::Op::kRelu, 1}, R"({"do": "add_layer", "op": "relu", "at": 1})"},
      {action::RemoveLayer{1}, R"({"do": "remove_layer", "layer": 1})"},
      {action::MoveLayer{0, 2}, R"({"do": "move_layer", "layer": 0, "to": 2})"},
      {action::SetRelu{true}, R"({"do": "set_relu", "relu": true})"},
      {action::SetTraining{{conv::Optimizer::Kind::kAdam, 0.5}, 77, false},
       R"({"do": "set_training", "optimizer": "adam", "lr": 0.5, "steps": 77, "commit": false})"},
      {action::SetStart{12}, R"({"do": "set_start", "seed": 12})"},
      {action::DrawTarget{false}, R"({"do": "draw_target", "draw": false})"},
      {action::ResetScene{}, R"({"do": "reset_scene"})"},
      {action::SetNarration{1, 4, lesson::Language::kRussian, "x", false},
       R"({"do": "set_narration", "layer": 1, "at": 4, "language": "ru", "text": "x", "commit": false})"},
      {action::SetNarration{0, -1, lesson::Language::kEnglish, "x"},
       R"({"do": "set_narration", "language": "en", "text": "x"})"},
      {action::SetTitle{action::TitleOf::kScene, lesson::Language::kEnglish, "x"},
       R"({"do": "set_title", "of": "scene", "language": "en", "text": "x"})"},
      {action::AddScene{}, R"({"do": "add_scene"})"},
      {action::AddScene{true}, R"({"do": "add_scene", "texts": true})"},
      {action::RemoveScene{2}, R"({"do": "remove_scene", "scene": 2})"},
      {action::MoveScene{2, 0}, R"({"do": "move_scene", "scene": 2, "to": 0})"},
      {action::Attach{action::Attached::kExercise, "x", false},
       R"({"do": "attach", "what": "exercise", "id": "x", "on": false})"},
      {action::SetTheme{Theme::kContrast}, R"({"do": "set_theme", "theme": "contrast"})"},
      {action::Switch{&Toggles::reduced_motion, true},
       R"({"do": "set_reduced_motion", "reduced_motion": true})"},
      {action::DropDraft{}, R"({"do": "drop_draft"})"},
      {action::Open{"rgb-same"}, R"({"do": "open", "lesson": "rgb-same"})"},
      {action::Save{"a.json"}, R"({"do": "save", "path": "a.json"})"},
      {action::Notify{{"file_missing", "x", {{"name", "y"}, {"n", 3}}}},
       R"({"do": "notify", "code": "file_missing", "field": "x", "values": {"name": "y", "n": 3}})"},
      {action::DismissNotice{}, R"({"do": "dismiss_notice"})"}};
  for (const auto& [action, json] : told) {
    EXPECT_EQ(action_json(action), json);
  }
}

TEST(Replay, TheContractsExample) {
  EXPECT_EQ(action_json(action::SetValue{{TensorRole::kWeight, {0, 0, 1, 1}}, 2, true}),
            R"({"do": "set_value", "tensor": "weight", "at": [0, 0, 1, 1], "value": 2})");
  const Replay replay = parse_replay(
      replay_of(R"({"do": "set_value", "tensor": "weight", "at": [0,0,1,1], "value": 2})"), "r");
  const auto& action = *replay.actions.at(0).as<action::SetValue>();
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
  const Session session =
      testing::after(testing::zoo_scene(1), action::SetLayer{1},
                     action::Hover{Target{TensorRole::kWeight, {0, 1, 2, 0}, 0}},
                     action::Switch{&Toggles::guided, false});
  const std::string json = session_json(session);
  for (const char* part :
       {"\"scene\": 1", "\"layer\": 1", "\"op\": \"avg_pool2d\"", "\"view\": \"flat\"",
        "\"second_view\": \"coverage\"", "\"transposed_as\": \"stamp\"", "\"guided\": false",
        "\"hover\": {\"tensor\": \"weight\", \"at\": [0, 1, 2, 0], \"layer\": 0}"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part;
  }
}

TEST(ReplayJson, TheReferenceShowsEveryActionAsAReplayMayHoldIt) {
  std::istringstream lines(action_reference());
  std::vector<std::string> named;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("    ")) {
      ASSERT_FALSE(named.empty()) << line;
      continue;
    }
    const Replay replay = parse_replay(
        "{\"format\": 1, \"lesson\": \"x\", \"actions\": [" + line + "]}", "reference");
    named.push_back(action::row_of(replay.actions.at(0)).name);
  }
  std::vector<std::string> wanted;
  for (const action::Row& row : action::rows()) {
    if (!row.name.empty()) {
      wanted.push_back(row.name);
    }
  }
  EXPECT_EQ(named, wanted);
  EXPECT_NE(action_reference().find("\n    granularity: row, position, channel, term\n"),
            std::string::npos);
  EXPECT_NE(action_reference().find("\n    may be left out: channel, sigma, angle, wavelength"),
            std::string::npos);
}

}  // namespace
}  // namespace convscope::session
