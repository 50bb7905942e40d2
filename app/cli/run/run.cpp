#include <ostream>
#include <utility>

#include "app/cli/front.h"
#include "app/cli/run/arrays_out.h"
#include "app/cli/run/run_report.h"
#include "app/cli/still.h"
#include "app/cli/texts.h"
#include "app/files/system/file_io.h"
#include "core/conv/operators/operator.h"
#include "core/derive/one_layer.h"
#include "core/lesson/layer_code.h"
#include "core/lesson/scene_shapes.h"
#include "core/tensor/problem.h"

namespace convscope::cli {
namespace {

constexpr std::int64_t kMaxJsonValues = 1'000'000;

std::string title_of(const session::Session& session, lesson::Language language) {
  const std::string& title = session.document.lesson->title.in(language);
  const std::string& scene = session::scene_of(session).title.in(language);
  return scene.empty() ? title : title + ": " + scene;
}

std::vector<LayerLine> lines_of(const lesson::Scene& scene, const derive::Derived& derived) {
  std::vector<LayerLine> lines;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const lesson::Layer& layer = scene.layers[i];
    const derive::LayerResult& result = derived.layers[i];
    const Shape input = lesson::layer_input_shape(scene, static_cast<std::int64_t>(i));
    const bool flat = layer.one_dimensional;
    lines.push_back({std::string(lesson::op_word(layer)), lesson::layer_expression(layer, input),
                     array_shape(input, flat),
                     output_array_shape(layer.spec, result.output_shape, flat), result.algorithm});
  }
  return lines;
}

std::vector<LayerExplanation> explanations_of(const lesson::Scene& scene,
                                              const derive::Derived& derived,
                                              conv::Algorithm wanted) {
  std::vector<LayerExplanation> all;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const derive::LayerResult& result = derived.layers[i];
    const Shape input = lesson::layer_input_shape(scene, static_cast<std::int64_t>(i));
    LayerExplanation& layer = all.emplace_back();
    layer.code = lesson::layer_expression(scene.layers[i], input);
    layer.algorithm = result.algorithm;
    layer.wanted = wanted;
    if (conv::has_weight(result.spec.op)) {
      layer.of_layer = conv::explain(result.weight, result.spec, input);
    }
  }
  return all;
}

RunReport report_on(const command::Run& what, const session::Session& session, const Look& look,
                    std::int64_t step, const derive::Derived& derived) {
  const lesson::Scene& scene = session::scene_of(session);
  RunReport report;
  report.id = session.document.lesson->id;
  report.title = title_of(session, look.language);
  report.input_name = scene.input_name;
  report.one_dimensional = session::layer_of(session).one_dimensional;
  report.layers = lines_of(scene, derived);
  report.number = session.look.layer + 1;
  report.layer = derived.layers[static_cast<std::size_t>(session.look.layer)];
  if (what.explain) {
    report.explanations = explanations_of(scene, derived, what.algorithm);
  }
  report.depth = what.granularity.value_or(session::Granularity::kTerm);
  if (step != kStartStep) {
    report.step = conv::step_at(report.layer.input, report.layer.weight, report.layer.bias,
                                report.layer.spec, step);
  }
  return report;
}

}  // namespace

ArrayShape array_shape(const Shape& shape, bool one_dimensional) {
  if (one_dimensional) {
    return {shape.n, shape.c, shape.w};
  }
  return {shape.n, shape.c, shape.h, shape.w};
}

ArrayShape output_array_shape(const conv::LayerSpec& spec, const Shape& output,
                              bool one_dimensional) {
  if (conv::operator_of(spec.op).unfolds) {
    return {output.n, output.c, output.h * output.w};
  }
  return array_shape(output, one_dimensional);
}

void run_lesson(const command::Run& what, const Look& look, std::ostream& out) {
  const lesson::Locale locale = locale_of(look);
  files::OpenedLesson opened = files::open_told(what.lesson, what.place.opening);
  std::vector<std::string> remarks;
  for (const Problem& remark : opened.remarks) {
    remarks.push_back(locale.sentence(remark));
  }
  const session::Session session =
      session_of(std::move(opened), look, session::Granularity::kPosition, what.place);
  const std::int64_t count =
      lesson::layer_output_shape(session::scene_of(session), session.look.layer).count();
  const std::int64_t step = checked_step(session, what.step.value_or(0), count);
  const bool json = what.format == OutputFormat::kJson;
  const bool too_large = json && count > kMaxJsonValues;
  if (too_large && !what.out) {
    throw Failure({"usage_json_too_large", "--out", {{"count", count}}});
  }
  const code::NumberFormat* format = what.out ? number_format_of(*what.out) : nullptr;
  if (format != nullptr) {
    files::check_writable(*what.out);
  }
  // A file of the scene holds all maps; otherwise one layer is all that is printed.
  const bool all = format != nullptr && format->of_scene;
  const derive::Derived derived =
      all ? derive::derive(session::scene_of(session), {.algorithm = what.algorithm})
          : derive::derive_layer(session::scene_of(session), session.look.layer,
                                 {.algorithm = what.algorithm});
  RunReport report = report_on(what, session, look, step, derived);
  report.remarks = std::move(remarks);
  if (format != nullptr) {
    write_numbers(what, *format, session, derived);
    report.files = {what.out->string()};
    report.with_output = json && !too_large;
  } else if (what.out) {
    report.files = write_arrays(report.layer, report.one_dimensional, *what.out);
    report.with_output = json && !too_large;
  }
  if (json) {
    write_report(report, out);
  } else {
    print_report(report, locale, out);
  }
}

}  // namespace convscope::cli
