#include <algorithm>

#include "core/conv/operators/operator.h"
#include "core/lesson/formula.h"
#include "core/picture/display/theme.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/step/moment.h"
#include "core/picture/sum/sum_lines.h"
#include "core/picture/words/telling.h"

namespace convscope::picture::words {

namespace {

constexpr std::size_t kMostTerms = 75;  // spelled out

// Of the sum bar's words those that are there, without the gaps that keep columns apart.
std::string spoken(const std::vector<sum::Token>& tokens) {
  const std::string gap = "   ";
  std::string words;
  for (const sum::Token& token : tokens) {
    if (token.shown) {
      words += token.text.starts_with(gap) ? ", " + token.text.substr(gap.size()) : token.text;
    }
  }
  return words;
}

std::string spoken(const sum::SumLine& line) {
  std::string label = spoken(line.label);
  label.erase(label.find_last_not_of(' ') + 1);
  return (label.empty() ? "" : label + ": ") + spoken(line.tokens) + spoken(line.result);
}

void say_sum(Telling& telling, const step::Moment& moment) {
  if (moment.step.terms.size() > kMostTerms) {
    telling.say("long_sum", {{"terms", static_cast<std::int64_t>(moment.step.terms.size())},
                             {"value", kit::number_text(moment.step.value, 9)}});
    return;
  }
  Picture none;
  const TextMetrics metrics;
  const kit::Canvas canvas{none, palette_of(telling.session.look.theme), metrics, telling.locale};
  std::string all;
  bool ended = true;  // else the line before goes on in this one
  for (const sum::SumLine& line :
       sum::sum_lines(canvas, telling.layer, moment, {}, telling.session.clock.granularity,
                      session::input_name(telling.session))) {
    all += (all.empty() || !ended ? "" : "; ") + spoken(line);
    ended = line.column || line.total;
  }
  if (!all.empty()) {
    telling.say(moment.step.fold == conv::Fold::kSum ? "sum" : "result", {{"sum", all}});
  }
}

// How many cells under the window are no cells of the input.
std::int64_t in_padding(const conv::Step& step) {
  return std::ranges::count_if(step.terms, &conv::Term::padding);
}

void say_place(Telling& telling, const step::Moment& moment) {
  const conv::Step& step = moment.step;
  const std::string area = area_text(telling, {step.window_y, step.window_y + step.window.h - 1},
                                     {step.window_x, step.window_x + step.window.w - 1});
  if (!moment.started) {
    telling.say("waits", {{"area", area}});
    return;
  }
  const bool asked = session::keeps_size(telling.session);
  const bool maps = telling.layer.output_shape.c > 1;
  telling.say(maps ? "window_of_map" : "window",
              {{"cell", cell_text(step.output_at.y, step.output_at.x, telling.one_dimensional())},
               {"map", step.output_at.c},
               {"number", lesson::grouped_digits(step.position + 1)},
               {"total", asked ? "?" : lesson::grouped_digits(telling.layer.output_shape.count())},
               {"area", area}});
  if (const std::int64_t count = in_padding(step); count > 0) {
    telling.say("in_padding",
                {{"count", count}, {"terms", static_cast<std::int64_t>(step.terms.size())}});
  }
}

// The map of the current filter, as far as it is there.
void say_map(Telling& telling, const step::Moment& moment) {
  const derive::LayerResult& layer = telling.layer;
  const Shape& out = layer.output_shape;
  const std::int64_t cells = out.h * out.w;
  const Index& at = moment.step.output_at;
  const std::int64_t done =
      std::clamp<std::int64_t>(moment.revealed - (at.n * out.c + at.c) * cells, 0, cells);
  if (done == 0 || layer.output.empty()) {
    return;
  }
  const bool asked = session::keeps_size(telling.session);
  telling.say("computed", {{"count", lesson::grouped_digits(done)},
                           {"total", asked ? "?" : lesson::grouped_digits(cells)}});
  if (is_short(out)) {
    telling.say(out.h == 1 ? "numbers_in_a_row" : "numbers",
                {{"name", "out"}, {"rows", rows_text(layer.output, at.n, at.c, done)}});
  }
}

// Of the two counts those that are not 0.
std::string counted(const Telling& telling, const char* rows_key, std::int64_t rows,
                    const char* columns_key, std::int64_t columns) {
  const auto words = [&](const char* key, std::int64_t count) {
    return telling.locale.text("describe." + std::string(key), {{"count", count}});
  };
  if (rows == 0 || columns == 0) {
    return rows == 0 ? words(columns_key, columns) : words(rows_key, rows);
  }
  return telling.locale.text(
      "describe.both", {{"rows", words(rows_key, rows)}, {"columns", words(columns_key, columns)}});
}

// Rows and columns that no window reads.
void say_unread(Telling& telling) {
  if (session::keeps_size(telling.session)) {
    return;
  }
  const step::UnreadCells unread = step::unread_cells(telling.layer);
  const auto rows = static_cast<std::int64_t>(unread.rows.size());
  const auto columns = static_cast<std::int64_t>(unread.columns.size());
  if (rows > 0 || columns > 0) {
    const char* across = telling.one_dimensional() ? "cells" : "columns";
    telling.say("unread", {{"what", counted(telling, "rows", rows, across, columns)}});
  }
  const step::DroppedPadding dropped = step::dropped_padding(telling.layer);
  if (dropped.rows > 0 || dropped.columns > 0) {
    telling.say(
        "padding_dropped",
        {{"what", counted(telling, "rows_below", dropped.rows, "columns_right", dropped.columns)}});
  }
}

}  // namespace

void say_window(Telling& telling) {
  const std::optional<step::Moment> moment = step::moment_of(telling.session, telling.layer);
  if (!moment) {
    return;
  }
  say_place(telling, *moment);
  if (moment->started) {
    say_sum(telling, *moment);
    say_map(telling, *moment);
  }
  say_unread(telling);
  say_reference_map(telling, *moment);
  say_program(telling, *moment);
}

}  // namespace convscope::picture::words
