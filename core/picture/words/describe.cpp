#include "core/picture/words/describe.h"

#include <array>

#include "core/conv/analysis/step.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/views.h"
#include "core/picture/asked/kept_size.h"
#include "core/picture/compose.h"
#include "core/picture/kit/header.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/words/telling.h"

namespace convscope::picture::words {

namespace {

void say_place(Telling& telling) {
  const session::Session& session = telling.session;
  const lesson::Language language = session.look.language;
  const std::string lesson = kit::document_title(session, telling.locale);
  const std::string& title = session::scene_of(session).title.in(language);
  const auto scenes = static_cast<std::int64_t>(session.document.lesson->scenes.size());
  const lesson::TextValues values = {{"lesson", lesson},
                                     {"title", title.empty() ? lesson : title},
                                     {"scene", session.look.scene + 1},
                                     {"scenes", scenes}};
  telling.say(scenes == 1 && title.empty() ? "lesson" : "scene", values);
}

void say_text(Telling& telling) {
  const std::string& text =
      session::narration_of(telling.session).in(telling.session.look.language);
  if (text.empty()) {
    return;
  }
  const bool own = !session::has_other_numbers(telling.session);
  telling.add(own ? text : telling.locale.text("stage.other_numbers") + " " + text);
}

void say_view(Telling& telling) {
  const session::Look& look = telling.session.look;
  const auto name = [&](lesson::View view) {
    return telling.locale.text("panel." + std::string(lesson::row_of(view).name));
  };
  if (look.second_view) {
    telling.say("views", {{"first", name(look.view)}, {"second", name(*look.second_view)}});
  } else {
    telling.say("view", {{"view", name(look.view)}});
  }
}

void say_layer(Telling& telling) {
  const session::Session& session = telling.session;
  const lesson::Layer& layer = session::layer_of(session);
  const auto layers = static_cast<std::int64_t>(session::scene_of(session).layers.size());
  const std::string name = layer.name.empty() ? std::string(lesson::op_word(layer)) : layer.name;
  const std::string code =
      name + " = " + lesson::layer_expression(layer, telling.layer.input.shape());
  telling.say(layers == 1 ? "only_layer" : "layer",
              {{"number", session.look.layer + 1}, {"layers", layers}, {"code", code}});
}

void say_tensors(Telling& telling, const Index& output_at) {
  const derive::LayerResult& layer = telling.layer;
  const bool line = telling.one_dimensional();
  const std::string& name = session::input_name(telling.session);
  telling.say("input", {{"name", name}, {"shape", lesson::shape_text(layer.input.shape(), line)}});
  say_numbers(telling, name, layer.input, output_at.n, {0, layer.input.shape().c - 1});
  if (!layer.weight.empty()) {
    telling.say("weight", {{"shape", lesson::shape_text(layer.weight.shape(), line)}});
    const bool transposed = conv::operator_of(layer.spec.op).transposed();
    if (transposed && layer.weight.shape().n * layer.weight.shape().c > 1) {
      say_numbers(telling, "weight", layer.weight, 0, {0, layer.weight.shape().c - 1});
    } else {
      say_numbers(telling, "weight", layer.weight, transposed ? 0 : output_at.c,
                  {0, layer.weight.shape().c - 1});
    }
  }
  if (!layer.bias.empty()) {
    telling.say("bias", {{"bias", kit::number_text(layer.bias.at({0, 0, 0, output_at.c}), 6)}});
  }
  const Shape& out = layer.output_shape;
  telling.say("output",
              {{"shape", session::keeps_size(telling.session) ? lesson::asked_shape_text(out, line)
                                                              : lesson::shape_text(out, line)}});
}

// The map's cell that the clock stands at; the first one where it counts something else.
Index output_at(const Telling& telling) {
  const session::Session& session = telling.session;
  if (lesson::counts_steps(session.look.view) || session::is_scatter_add(session)) {
    return {};
  }
  const session::Beat beat = session::beat_at(session::timeline_of(session), session.clock.frame);
  return conv::output_index(telling.layer.output_shape, std::max<std::int64_t>(beat.position, 0));
}

void say_moment(Telling& telling, lesson::View view) {
  if (asked::waits_for_size(telling.session, view)) {
    telling.add(telling.locale.text("stage.size_kept"));
    return;
  }
  switch (view) {
    case lesson::View::kDescent:
      say_training(telling);
      return;
    case lesson::View::kCoverage:
      say_coverage(telling);
      return;
    case lesson::View::kReceptiveField:
      say_fields(telling);
      return;
    case lesson::View::kFlat:
    case lesson::View::kVolume:
    case lesson::View::kStrip:
    case lesson::View::kNeuron:
    case lesson::View::kMatrix:
      break;
  }
  if (session::is_scatter_add(telling.session)) {
    say_stamp(telling);
  } else {
    say_window(telling);
  }
}

}  // namespace

std::string describe(const session::Session& session, const derive::Derived& derived,
                     const lesson::Locale& locale) {
  const auto index = static_cast<std::size_t>(session.look.layer);
  if (session::is_asking(session)) {
    return locale.text("describe.asked");
  }
  if (index >= derived.layers.size() || derived.layers[index].input.empty()) {
    return locale.text("describe.nothing");
  }
  Telling telling{session, derived, derived.layers[index], locale};
  say_place(telling);
  say_text(telling);
  say_view(telling);
  say_layer(telling);
  say_tensors(telling, output_at(telling));
  const lesson::View view = session.look.view;
  say_drawing(telling, view);
  if (session.look.second_view) {
    say_drawing(telling, *session.look.second_view);
  }
  say_moment(telling, view);
  if (const auto& second = session.look.second_view;
      second && !(shows_sums(view) && shows_sums(*second))) {
    say_moment(telling, *second);
  }
  std::string text;
  for (const std::string& line : telling.lines) {
    text += (text.empty() ? "" : "\n") + line;
  }
  return text;
}

}  // namespace convscope::picture::words
