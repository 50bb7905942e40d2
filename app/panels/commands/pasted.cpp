#include "app/panels/commands/pasted.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>
#include <variant>
#include <vector>

#include "core/import/arrays/array_text.h"
#include "core/import/layers/failed_layers.h"
#include "core/import/layers/layer_scene.h"
#include "core/lesson/scene_tensors.h"

namespace convscope::panels {
namespace {

constexpr const char* kUntitled = "untitled";

session::Action notice(Problem problem) { return session::action::Notify{std::move(problem)}; }

bool is_blank(std::string_view text) {
  return std::ranges::all_of(
      text, [](char letter) { return std::isspace(static_cast<unsigned char>(letter)) != 0; });
}

// Whether the text is more like a program than like numbers: a name stands before a bracket.
bool looks_like_code(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '(' && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0) {
      return true;
    }
  }
  return std::ranges::none_of(
      text, [](char letter) { return std::isdigit(static_cast<unsigned char>(letter)) != 0; });
}

// A layer that is on stage already keeps its moment.
session::Actions mismatch_actions(imports::Mismatch mismatch, std::int64_t on_stage) {
  session::Actions actions;
  if (mismatch.layer && static_cast<std::int64_t>(*mismatch.layer) != on_stage) {
    actions.push_back(session::action::SetLayer{static_cast<std::int64_t>(*mismatch.layer)});
  }
  actions.push_back(notice(std::move(mismatch.problem)));
  return actions;
}

// Layers with the message that they gave: the layer at fault is one of these, which become the
// document where they can run. Nothing if the text is anything else.
session::Actions failed_layer_actions(std::string_view text) {
  auto failed = imports::read_failed_layers(text);
  if (!failed || !failed->layers) {
    return {};
  }
  auto opened = layer_actions(*failed->layers);
  session::Actions actions;
  if (auto* document = std::get_if<session::Actions>(&opened)) {
    actions.push_back(std::move(document->front()));
    for (session::Action& action : mismatch_actions(std::move(failed->mismatch), 0)) {
      actions.push_back(std::move(action));
    }
  } else {
    actions.push_back(notice(std::move(failed->mismatch.problem)));
  }
  return actions;
}

session::Action array_action(const Tensor& tensor) {
  return session::action::SetTensor{session::TensorRole::kInput,
                                    tensor.shape(),
                                    {tensor.values().begin(), tensor.values().end()}};
}

// One channel's kernel, which all channels get, or a whole filter; anything else is all weights.
session::Action filter_action(const Tensor& tensor, std::int64_t filter,
                              const session::Session& session) {
  const Shape weight = session::layer_of(session).weight.base.shape();
  const Shape shape = tensor.shape();
  const bool kernel = shape == Shape{1, 1, weight.h, weight.w};
  const bool plain = session::layer_of(session).spec.op == conv::Op::kConv;
  if (plain && (kernel || shape == Shape{1, weight.c, weight.h, weight.w})) {
    return session::action::SetFilter{filter, {tensor.values().begin(), tensor.values().end()}};
  }
  return session::action::SetTensor{
      session::TensorRole::kWeight, shape, {tensor.values().begin(), tensor.values().end()}};
}

// What BT.601 makes of red, green and blue, in whole shades.
std::vector<float> grey_of(const Tensor& picture) {
  const auto values = picture.values();
  const std::size_t plane = values.size() / 3;
  std::vector<float> grey(plane);
  for (std::size_t i = 0; i < plane; ++i) {
    grey[i] = std::round(0.299f * values[i] + 0.587f * values[plane + i] +
                         0.114f * values[2 * plane + i]);
  }
  return grey;
}

// Whether somebody has made or chosen the input: pasted layers then read it if they can. The
// numbers of a lesson and noise are replaced by noise of the size that the layers want.
bool is_own_input(const session::Session& session) {
  const lesson::TensorRef& input = session::scene_of(session).input;
  const bool made = session.document.lesson->id == kUntitled &&
                    !std::holds_alternative<lesson::SeededSource>(input.source);
  return made || !input.edits.empty() || lesson::own_file(input) != nullptr;
}

}  // namespace

imports::Result<session::Actions> layer_actions(const imports::LayerText& text,
                                                const std::optional<lesson::TensorRef>& input) {
  auto scened = imports::scene_of(text, {.input = input});
  if (input && std::holds_alternative<Problem>(scened)) {
    scened = imports::scene_of(text);
  }
  if (auto* problem = std::get_if<Problem>(&scened)) {
    return std::move(*problem);
  }
  auto& layers = std::get<imports::ScenedLayers>(scened);
  lesson::Lesson lesson = imports::lesson_of(std::move(layers.scene));
  lesson.id = kUntitled;
  session::Actions actions = {session::action::Opened{std::move(lesson)}};
  if (!layers.remarks.empty()) {
    actions.push_back(notice(std::move(layers.remarks.front())));
  }
  return actions;
}

session::Actions pasted_actions(std::string_view text, const session::Session& session,
                                std::optional<std::int64_t> filter) {
  if (is_blank(text)) {
    return {};
  }
  if (session::Actions failed = failed_layer_actions(text); !failed.empty()) {
    return failed;
  }
  std::vector<conv::LayerSpec> specs;
  for (const lesson::Layer& layer : session::scene_of(session).layers) {
    specs.push_back(layer.spec);
  }
  const Shape input = session::scene_of(session).input.base.shape();
  if (auto mismatch = imports::read_mismatch(text, specs, input)) {
    return mismatch_actions(*std::move(mismatch), session.look.layer);
  }
  const auto layers = imports::read_layer_text(text);
  if (const auto* read = std::get_if<imports::LayerText>(&layers)) {
    auto actions =
        layer_actions(*read, is_own_input(session) ? std::optional(session::scene_of(session).input)
                                                   : std::nullopt);
    const auto* problem = std::get_if<Problem>(&actions);
    return problem != nullptr ? session::Actions{notice(*problem)}
                              : std::get<session::Actions>(std::move(actions));
  }
  const auto array = imports::read_array_text(text);
  if (const auto* read = std::get_if<imports::PastedArray>(&array)) {
    return {filter ? filter_action(read->tensor, *filter, session) : array_action(read->tensor)};
  }
  const Problem& of_numbers = std::get<Problem>(array);
  const bool code = looks_like_code(text) && of_numbers.code != "array_not_finite";  // "nan"
  return {notice(code ? std::get<Problem>(layers) : of_numbers)};
}

session::Action pasted_picture(const Tensor& picture, const session::Session& session) {
  const std::int64_t wanted = session::scene_of(session).input.base.shape().c;
  const Shape shape = picture.shape();
  if (shape.c == 3 && wanted == 1) {
    return array_action(Tensor({1, 1, shape.h, shape.w}, grey_of(picture)));
  }
  if (shape.c == 1 && wanted == 3) {
    std::vector<float> three;
    for (int c = 0; c < 3; ++c) {
      three.insert(three.end(), picture.values().begin(), picture.values().end());
    }
    return array_action(Tensor({1, 3, shape.h, shape.w}, std::move(three)));
  }
  return array_action(picture);
}

}  // namespace convscope::panels
