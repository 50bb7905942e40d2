#include <ostream>
#include <utility>

#include "app/cli/arrays_out.h"
#include "app/cli/front.h"
#include "app/cli/run_report.h"
#include "app/cli/still.h"
#include "app/files/bundled.h"
#include "core/tensor/problem.h"

namespace convscope {
namespace {

constexpr std::int64_t kMaxJsonValues = 1'000'000;

RunReport report_on(const command::Run& what, const Session& session, const Look& look) {
  const Scene& scene = scene_of(session);
  RunReport report;
  report.id = session.lesson.id;
  report.title = session.lesson.title.in(look.language);
  report.input_name = scene.input_name;
  report.one_dimensional = layer_of(session).one_dimensional;
  report.layer = derive(scene).layers[static_cast<std::size_t>(session.layer)];
  report.depth = what.granularity.value_or(Granularity::kTerm);
  const std::int64_t step = what.step.value_or(0);
  if (step != kStartStep) {
    report.step = step_at(report.layer.input, report.layer.weight, report.layer.bias,
                          report.layer.spec, step);
  }
  return report;
}

}  // namespace

std::vector<std::int64_t> array_shape(const Shape& shape, bool one_dimensional) {
  if (one_dimensional) {
    return {shape.n, shape.c, shape.w};
  }
  return {shape.n, shape.c, shape.h, shape.w};
}

void run_lesson(const command::Run& what, const Look& look, std::ostream& out) {
  const Session session = session_on(what.lesson, look, Granularity::kPosition);
  check_step(session, what.step.value_or(0));
  const std::int64_t count = layer_output_shape(scene_of(session), session.layer).count();
  const bool json = what.format == OutputFormat::kJson;
  const bool too_large = json && count > kMaxJsonValues;
  if (too_large && !what.out) {
    throw Failure({"usage_json_too_large", "--out", {{"count", count}}});
  }
  RunReport report = report_on(what, session, look);
  if (what.out) {
    report.files = write_arrays(report.layer, report.one_dimensional, *what.out);
    report.with_output = json && !too_large;
  }
  if (json) {
    write_report(report, out);
  } else {
    print_report(report, bundled_locale(look.language), out);
  }
}

}  // namespace convscope
