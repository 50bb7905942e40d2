// What a view draws around the numbers of a sum: its neuron, matrices, blocks or brackets, a turned
// kernel, a map to compare with, and the program below.
#include <algorithm>

#include "core/conv/forward.h"
#include "core/conv/operators/operator.h"
#include "core/conv/window_axis.h"
#include "core/lesson/formula.h"
#include "core/lesson/layer_code.h"
#include "core/picture/beside/code_run.h"
#include "core/picture/beside/reference_map.h"
#include "core/picture/compose.h"
#include "core/picture/step/moment.h"
#include "core/picture/strip/rules.h"
#include "core/picture/words/telling.h"

namespace convscope::picture::words {

namespace {

bool is_weighted(const Telling& telling) { return !telling.layer.weight.empty(); }

// Products of one value.
std::int64_t terms_of(const Telling& telling) {
  const conv::LayerSpec& spec = telling.layer.spec;
  return spec.in_channels / spec.groups * spec.kernel_size.h * spec.kernel_size.w;
}

void say_neuron(Telling& telling) {
  const Shape& out = telling.layer.output_shape;
  telling.say("neuron", {{"terms", terms_of(telling)}, {"positions", out.h * out.w}});
}

void say_matrices(Telling& telling) {
  const Shape& out = telling.layer.output_shape;
  if (telling.layer.spec.groups == 1) {
    telling.say("matrices", {{"positions", out.h * out.w},
                             {"terms", terms_of(telling)},
                             {"filters", telling.layer.spec.out_channels}});
  }
}

void say_blocks(Telling& telling) {
  const auto text = [](const Shape& shape) {
    return std::to_string(shape.c) + "×" + std::to_string(shape.h) + "×" + std::to_string(shape.w);
  };
  telling.say("blocks", {{"input", text(telling.layer.input.shape())},
                         {"output", text(telling.layer.output_shape)}});
}

// VALID and SAME, as far as the view has both.
void say_brackets(Telling& telling) {
  for (const strip::StripRule& rule : strip::strip_rules(telling.layer)) {
    using Kind = strip::StripRule::Kind;
    const std::string name = rule.kind == Kind::kValid  ? "VALID"
                             : rule.kind == Kind::kSame ? "SAME"
                                                        : telling.locale.text("describe.padding");
    const auto dropped = static_cast<std::int64_t>(strip::dropped_cells(rule).size());
    telling.say(rule.own ? "brackets" : "brackets_beside",
                {{"rule", name},
                 {"windows", rule.axis.outputs},
                 {"before", std::max<std::int64_t>(rule.axis.before, 0)},
                 {"after", std::max<std::int64_t>(rule.after, 0)},
                 {"dropped", dropped}});
  }
}

// A transposed convolution told by gathering is an ordinary one over a stretched input.
void say_stretch(Telling& telling) {
  const conv::WindowAxes axes = conv::window_axes(telling.layer.spec, telling.layer.input.shape());
  const auto size = [&](std::int64_t rows, std::int64_t columns) {
    return (telling.one_dimensional() ? "" : std::to_string(rows) + "×") + std::to_string(columns);
  };
  const bool stretched = axes.rows.stretch > 1 || axes.columns.stretch > 1;
  telling.say(stretched ? "stretched" : "padded",
              {{"stretched", size(axes.rows.stage_size(), axes.columns.stage_size())},
               {"padded", size(axes.rows.before + axes.rows.padded_end,
                               axes.columns.before + axes.columns.padded_end)}});
}

// The map that a true convolution would have without the turn, as the flat view draws it.
void say_unturned(Telling& telling) {
  conv::LayerSpec spec = telling.layer.spec;
  if (!spec.flip) {
    return;
  }
  spec.flip = false;
  const derive::LayerResult& layer = telling.layer;
  const Tensor map = conv::forward(layer.input, layer.weight, layer.bias, spec);
  if (is_short(map.shape())) {
    telling.say("unturned", {{"rows", rows_text(map, 0, 0, map.shape().h * map.shape().w)}});
  }
}

// Whether the program computes this layer; else the strip says why not.
bool is_program_of(lesson::CodeStrip kind, const Telling& telling) {
  if (!is_weighted(telling) || telling.one_dimensional()) {
    return false;
  }
  if (kind == lesson::CodeStrip::kConv2d) {
    const std::string code =
        lesson::layer_expression(session::layer_of(telling.session), telling.layer.input.shape());
    return code.starts_with("nn.Conv2d(");
  }
  return telling.layer.spec.op == conv::Op::kConv &&
         beside::unknown_settings(telling.layer, false).empty();
}

}  // namespace

void say_drawing(Telling& telling, lesson::View view) {
  if (!is_weighted(telling) || session::keeps_size(telling.session) ||
      session::is_scatter_add(telling.session) || !shows_sums(view)) {
    return;
  }
  const bool gathered = conv::operator_of(telling.layer.spec.op).transposed();
  if (gathered && view != lesson::View::kStrip) {
    say_stretch(telling);
  }
  if (view == lesson::View::kNeuron) {
    say_neuron(telling);
  } else if (view == lesson::View::kMatrix) {
    say_matrices(telling);
  } else if (view == lesson::View::kVolume && telling.layer.spec.groups == 1) {
    say_blocks(telling);
  } else if (view == lesson::View::kStrip) {
    say_brackets(telling);
  }
  if (telling.layer.equivalent.flipped) {
    telling.say("turned");
  }
  if (view == lesson::View::kFlat) {
    say_unturned(telling);
  }
}

void say_reference_map(Telling& telling, const step::Moment& moment) {
  const derive::LayerResult& layer = telling.layer;
  if (!beside::is_claimed(telling.session, layer)) {
    return;
  }
  const lesson::ReferenceMap& reference = *session::scene_of(telling.session).reference_map;
  const Tensor published = reference.map.tensor();
  const Shape& shape = published.shape();
  const std::int64_t cells = shape.h * shape.w;
  const Index& at = moment.step.output_at;
  if (is_short(shape)) {
    telling.say("reference_map", {{"label", reference.label.in(telling.session.look.language)},
                                  {"rows", rows_text(published, at.n, at.c, cells)}});
  }
  const beside::ReferenceCount count = beside::count_agreement(
      published, layer.output, at.n, at.c, moment.revealed - (at.n * shape.c + at.c) * cells);
  if (count.compared > 0) {
    telling.say("reference_count", {{"different", count.different}, {"compared", count.compared}});
  }
}

void say_program(Telling& telling, const step::Moment& moment) {
  const session::Session& session = telling.session;
  const lesson::CodeStrip kind = session.look.code;
  const derive::LayerResult& layer = telling.layer;
  if (kind == lesson::CodeStrip::kNone || session::keeps_size(session) ||
      !is_program_of(kind, telling)) {
    return;
  }
  const Index& at = moment.step.output_at;
  const beside::Program program = kind == lesson::CodeStrip::kConv2d
                                      ? beside::cell_of(session::layer_of(session), layer, false)
                                      : beside::program_of(kind, layer, at.c, false);
  const beside::CodeRun run = beside::run_of(session, layer, program, moment);
  telling.say("program");
  const auto add = [&](const std::string& statement, const std::string& number) {
    telling.add(statement + (number.empty() ? "" : "  →  " + number));
  };
  for (std::size_t i = 0; i < program.setup.size(); ++i) {
    const bool call = program.call == i;
    add(program.setup[i], call                         ? beside::call_text(run, at)
                          : i < program.printed.size() ? program.printed[i]
                                                       : "");
  }
  for (std::size_t i = 0; i < program.loops.size() && !program.call; ++i) {
    add(program.loops[i], beside::number_of(program, run, static_cast<beside::CodePart>(i)));
  }
  if (run.stopped && run.turn.error) {
    telling.add(*run.turn.error);
  }
  if (const std::string remark = beside::remark_of(telling.locale, layer, run, moment);
      !remark.empty()) {
    telling.add(remark);
  }
}

}  // namespace convscope::picture::words
