#include <algorithm>

#include "core/lesson/formula.h"
#include "core/picture/coverage/counts.h"
#include "core/picture/coverage/moment.h"
#include "core/picture/descent/moment.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/receptive_field/stack.h"
#include "core/picture/stamp/moment.h"
#include "core/picture/words/telling.h"

namespace convscope::picture::words {

namespace {

std::string number(double value) { return kit::number_text(value, 6); }

std::string size_text(std::int64_t h, std::int64_t w, bool one_dimensional) {
  return (one_dimensional ? "" : std::to_string(h) + "×") + std::to_string(w);
}

}  // namespace

void say_stamp(Telling& telling) {
  const auto moment = stamp::stamp_moment_of(telling.session, telling.layer);
  if (!moment) {
    return;
  }
  const conv::Stamp& stamp = moment->stamp;
  const lesson::TextValues values = {
      {"cell", cell_text(stamp.input_at.y, stamp.input_at.x, telling.one_dimensional())},
      {"value", number(stamp.input)},
      {"number", lesson::grouped_digits(stamp.position + 1)},
      {"total", lesson::grouped_digits(telling.layer.input.shape().count())}};
  if (!moment->started) {
    telling.say("stamp_waits", values);
    return;
  }
  telling.say("stamp", values);
  const Index& first = stamp.terms.front().output_at;
  const Index& last = stamp.terms.back().output_at;
  telling.say("stamp_area", {{"area", area_text(telling, {first.y, last.y}, {first.x, last.x})}});
  const Tensor sums = stamp::stamp_sums(telling.layer, *moment);
  telling.say("stamps_added",
              {{"added", moment->added}, {"total", telling.layer.input.shape().count()}});
  say_numbers(telling, "out", sums, stamp.input_at.n, {0, sums.shape().c - 1});
}

void say_coverage(Telling& telling) {
  const auto moment = coverage::coverage_moment_of(telling.session, telling.layer);
  if (!moment) {
    return;
  }
  const Shape& input = telling.layer.input.shape();
  const coverage::CoverageCounts counts =
      moment->scatter_add ? coverage::terms_of_output(telling.layer.spec, input, moment->counted)
                          : coverage::windows_on_input(telling.layer.spec, input, moment->counted);
  telling.say(moment->scatter_add ? "stamps_counted" : "windows_counted",
              {{"counted", lesson::grouped_digits(moment->counted)},
               {"total", lesson::grouped_digits(moment->total)}});
  const char* meaning =
      moment->scatter_add ? "describe.stamps_per_cell" : "describe.windows_per_cell";
  const Shape shape = {1, 1, counts.height(), counts.width()};
  if (is_short(shape)) {
    telling.add(
        telling.locale.text(meaning, {{"rows", rows_text(counts.tensor(), 0, 0, shape.count())}}));
  }
  std::int64_t unread = 0;
  for (const auto& [count, cells] : counts.histogram()) {
    telling.say("cells_with_count", {{"cells", cells}, {"count", count}});
    unread += count == 0 ? cells : 0;
  }
  if (moment->complete() && !moment->scatter_add && unread > 0) {
    telling.add(
        telling.locale.text("stage.coverage_never", {{"count", unread}, {"total", shape.count()}}));
  }
}

void say_fields(Telling& telling) {
  const receptive_field::ReceptiveStack stack = receptive_field::stack_of(telling.derived);
  const bool line = telling.one_dimensional();
  for (std::size_t i = 1; i < stack.maps.size(); ++i) {
    const conv::ReceptiveField& field = stack.maps[i].field;
    const lesson::Layer& layer = session::scene_of(telling.session).layers[i - 1];
    telling.say("field", {{"layer", static_cast<std::int64_t>(i)},
                          {"name", layer.name},
                          {"field", size_text(field.size.h, field.size.w, line)},
                          {"jump", number(field.jump_x)}});
  }
  const receptive_field::ReceptiveFocus focus = receptive_field::focus_of(telling.session, stack);
  const auto regions = receptive_field::regions_of(stack, focus);
  if (regions.by_map.empty() || regions.by_map.front().empty()) {
    return;
  }
  const conv::CellRect& seen = regions.by_map.front().front();
  const Shape& input = stack.maps.front().shape;
  const Span rows = {std::max<std::int64_t>(seen.y.first, 0), std::min(seen.y.last, input.h - 1)};
  const Span columns = {std::max<std::int64_t>(seen.x.first, 0),
                        std::min(seen.x.last, input.w - 1)};
  telling.say("cell_sees", {{"cell", cell_text(focus.y, focus.x, line)},
                            {"map", static_cast<std::int64_t>(focus.map)},
                            {"area", area_text(telling, rows, columns)}});
}

void say_training(Telling& telling) {
  if (telling.derived.training->empty()) {
    telling.add(telling.locale.text("stage.computing_training"));
    return;
  }
  const conv::DescentHistory& history = telling.derived.training;
  const descent::DescentMoment moment = descent::descent_moment_of(telling.session, history);
  telling.say("iteration",
              {{"step", moment.number},
               {"steps", moment.steps},
               {"loss", number(history.losses[static_cast<std::size_t>(moment.made)])}});
  const Tensor weight = conv::weight_of(moment.state, history.chain[moment.layer]);
  say_numbers(telling, telling.locale.text("describe.learned"), weight, 0,
              {0, weight.shape().c - 1});
  if (moment.hidden) {
    const std::int64_t last = moment.step.prediction.shape().c - 1;
    say_numbers(telling, "z", moment.step.prediction, 0, {0, last});
    say_numbers(telling, "dL/dz", moment.step.grad_out, 0, {0, last});
    return;
  }
  say_numbers(telling, telling.locale.text("describe.target"), history.target, 0,
              {0, history.target.shape().c - 1});
  say_numbers(telling, telling.locale.text("describe.prediction"), moment.step.prediction, 0,
              {0, history.target.shape().c - 1});
  say_numbers(telling, telling.locale.text("describe.error"), moment.step.error, 0,
              {0, history.target.shape().c - 1});
}

}  // namespace convscope::picture::words
